page-method-errors = Codes d’erreur
page-method-lead = Comment chaque indicateur est fait : formule, couverture, cas limites, exemple.
page-method-list = Méthodes
