page-session-hint = Démo : adresses et mots de passe sont dans le fichier sign-ins.json du dossier de la démo, et à l’écran où elle a été lancée.
page-session-new = Connexion
