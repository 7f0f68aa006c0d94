field-amount = Montant
field-chance = Probabilité
page-portfolio-all = Les { $count } comptes
page-portfolio-axis-attractiveness = Attractivité
page-portfolio-axis-strength = Force de notre position, vue par le client
page-portfolio-concentration = Concentration
page-portfolio-concentration-empty = Pas de chiffre d’affaires sur cette période.
page-portfolio-count = { $found } comptes sur { $all }, { $unit }
page-portfolio-empty = Aucun compte ne correspond. S’il n’y a encore aucun compte, importez d’abord un fichier de comptes.
page-portfolio-filter = Filtrer les comptes
page-portfolio-kind-incubator = incubateur
page-portfolio-kind-key = clé
page-portfolio-kind-other = candidat ou standard
page-portfolio-kind-watch = sous surveillance ou sortant
page-portfolio-lead = { $accounts ->
    [one] Un compte apporte
   *[other] { $accounts } comptes apportent
} { $turnover } en douze mois{ $change }. Les trois premiers en font { $three }.
page-portfolio-lead-change = , { $growth } sur les douze mois précédents
page-portfolio-lead-empty = Aucun compte n’a encore de chiffre d’affaires sur cette période.
page-portfolio-lorenz-describe = Courbe de la part cumulée du chiffre d’affaires par compte ; l’égalité serait la diagonale.
page-portfolio-lorenz-equal = si tous étaient égaux
page-portfolio-lorenz-measure = Part cumulée du chiffre d’affaires, douze mois ; Gini { $gini }
page-portfolio-lorenz-point = { $count } : { $share }
page-portfolio-lorenz-title = { $count ->
    [one] Un compte fait
   *[other] { $count } comptes font
} la moitié du chiffre d’affaires
page-portfolio-lorenz-x = Comptes, du plus grand au plus petit
page-portfolio-lorenz-y = Part du chiffre d’affaires
page-portfolio-loss = Si nous en perdions un
page-portfolio-loss-contribution = Contribution perdue, k{ $currency }
page-portfolio-loss-share = Part du total
page-portfolio-matrix = Où investir
page-portfolio-matrix-empty = Aucun compte n’a encore les deux notes, attractivité et position.
page-portfolio-matrix-measure = Note de 0 à 100 sur chaque axe ; fort à partir de 50 ; surface : chiffre d’affaires sur douze mois
page-portfolio-matrix-source = Notes au { $day }
page-portfolio-matrix-title = { $share } du chiffre d’affaires est là où nous sommes forts et où le compte est attractif
page-portfolio-missing-both = aucune des deux notes
page-portfolio-not_placed = Non placés : { $count }
page-portfolio-others = { $count ->
    [one] { $count } autre compte
   *[other] { $count } autres comptes
}
page-portfolio-perimeter-seen = Totaux, rang et concentration ne portent que sur les comptes que vous pouvez voir.
page-portfolio-quadrant-growth = Investir
page-portfolio-quadrant-maintain = Maintenir
page-portfolio-quadrant-selective = Investir sélectivement
page-portfolio-quadrant-withdraw = Servir à coût réduit
page-portfolio-rank = N°
page-portfolio-rates-budget = Les autres devises sont converties au taux budget de l’exercice.
page-portfolio-rates-day = Les autres devises sont converties au taux de chaque jour.
page-portfolio-rates-month = Les autres devises sont converties au taux moyen de chaque mois.
page-portfolio-table = Comptes par rang, montants sur douze mois
page-portfolio-title = Portefeuille
page-portfolio-total = { $count ->
    [one] { $count } compte
   *[other] { $count } comptes
}
page-portfolio-trend = Tendance, 24 mois
page-portfolio-unattributed = Lignes dont le client est inconnu
page-portfolio-unconverted = Non converti faute de taux : { $amounts }.
page-portfolio-window = Douze mois : { $from } à { $to }. Croissance à périmètre actuel : les deux années avec les groupes d’aujourd’hui.
page-portfolio-window-none = Pas encore de lignes de vente : il n’y a pas de période de douze mois.
page-portfolio-words = Compte, ville, KAM
