-- Who signed in by CSAM ends CSAM's session too when he signs out: what CSAM gave to recognise it by.

alter table sessions add column sign_out_hint text;
