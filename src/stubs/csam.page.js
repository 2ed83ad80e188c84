document.querySelector('[form="op.logoutForm"]')?.click();
