"""Nothing typed is lost and nothing sent is done twice: for every form, without knowing any of them."""
