-- Every sign-in method keeps something between its steps, not only a nonce.

alter table sign_in_challenges rename column nonce to kept;
