page-search-empty = Tapez le début d’un mot : comptes, sociétés, personnes, produits, plans.
page-search-lead = { $count ->
    [0] Rien ne correspond
    [one] Un résultat
   *[other] { $count } résultats
} pour « { $words } ».
page-search-none = Essayez moins de lettres, ou un autre mot. Les anciens noms trouvent aussi la société.
page-search-title = Chercher
word-object-account = Compte
word-object-opportunity = Opportunité
word-object-party = Société
word-object-person = Personne
word-object-plan = Plan
word-object-product = Produit
