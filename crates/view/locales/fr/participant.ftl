button-participant-add = Ajouter comme personne
button-participant-ask = Reposer la question
button-participant-ignore = Sans intérêt
button-participant-known = C’est cette personne
field-participant-name = Nom
field-participant-party = Travaille chez (nom de la société)
field-participant-person = Déjà connu là-bas
field-participant-title = Titre
page-participant-choose = Choisir …
page-participant-company = L’adresse est celle de personnes de { $company }
page-participant-count = { $count ->
    [one] 1 adresse
   *[other] { $count } adresses
}
page-participant-decided = Décidées
page-participant-empty = Tout le monde est connu
page-participant-empty-why = Les e-mails et les agendas apportent des adresses ; celles qui ne sont à personne de connu apparaissent ici.
page-participant-is = C’est { $name }
page-participant-lead = Qui a participé à des e-mails et à des réunions sans être connu. Personne n’est ajouté sans votre accord, et ses échanges sont gardés.
page-participant-open = À qui est cette adresse ?
page-participant-rest = { $count ->
    [one] 1 autre adresse suivra
   *[other] { $count } autres adresses suivront
} quand celles-ci seront décidées.
page-participant-seen = { $count ->
    [one] 1 échange, le { $to }
   *[other] { $count } échanges, du { $from } au { $to }
}
page-participant-title = Personnes à identifier
state-participant-ignored = laissée de côté
state-participant-known = connue
