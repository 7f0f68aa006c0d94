button-audit-give = Donner les repères maintenant
button-audit-verify = Vérifier la chaîne
page-audit-at = Quand (UTC)
page-audit-broken = La chaîne est rompue
page-audit-broken-changed = Au maillon { $seq } : l’événement { $id } du { $at } a été modifié.
page-audit-broken-missing = Avant le maillon { $seq } : un ou plusieurs événements manquent avant { $id } du { $at }.
page-audit-broken-moved = Au maillon { $seq } : l’événement { $id } du { $at } occupe la place d’un autre.
page-audit-done = reçu
page-audit-given = Repères
page-audit-given-note = le plus récent d’abord ; chacun est une ligne à conserver
page-audit-hash = Empreinte
page-audit-holds = La chaîne tient
page-audit-holds-what = { $count ->
    [one] L’unique maillon a été relu, et il tient.
   *[other] Les { $count } maillons ont été relus, et ils tiennent.
}
page-audit-hours = { $count ->
    [one] toutes les heures
   *[other] toutes les { $count } heures
}
page-audit-last = Dernier repère
page-audit-lead = Chaque événement est lié au précédent par son empreinte. Des repères de cette chaîne, conservés hors de la maison, prouvent plus tard que rien n’a été réécrit.
page-audit-link = Maillon
page-audit-links = Événements liés
page-audit-none = Aucun repère n’a encore été donné.
page-audit-nowhere = Aucun lieu n’est prévu pour les repères
page-audit-nowhere-mend = Qui tient la machine peut réécrire toute la chaîne sans être vu. Renseignez audit.file, audit.mail ou audit.timestamp_url dans la configuration.
page-audit-places = Où ils vont
page-audit-proof = horodatage signé
page-audit-result = Résultat
page-audit-rhythm = Fréquence
page-audit-short = La chaîne des événements, vérifiée, et ses repères
page-audit-title = Audit
page-audit-unsealed = Pas encore liés
page-audit-verify = Vérifier
page-audit-verify-why = Relit chaque événement et recalcule chaque maillon. Un million d’événements prend quelques secondes. Votre demande est consignée.
page-audit-where = Lieu
state-checkpoint-file = fichier
state-checkpoint-mail = courriel
state-checkpoint-stamp = autorité d’horodatage
