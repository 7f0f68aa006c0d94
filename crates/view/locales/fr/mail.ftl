mail-foot = Orchestre envoie ce message de lui-même ; personne ne lit les réponses.
