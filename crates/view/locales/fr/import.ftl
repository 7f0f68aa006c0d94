button-apply = { $count ->
    [one] Importer la ligne
   *[other] Importer { $count } lignes
 }
button-apply-nothing = Clore le fichier : il ne change rien
button-compare-again = Comparer à nouveau
button-discard = Mettre de côté
button-import-run = Importer
button-recipe-remove = Supprimer
button-recipe-take = Reprendre
button-reversal = Annuler cet import
field-at_once = Importer tout de suite, sans comparer
field-currency = Devise
field-currency-help = Seulement si le fichier n’en nomme pas.
field-file = Fichier
field-kind = Ce qu’il contient
field-kind-auto = Reconnu d’après les intitulés
field-map = Sens des colonnes
field-map-help = Un par ligne : Intitulé = champ. Réponses aussi : product:GTXPro = GTX Pro
field-origin = Origine
field-origin-help = Le système d’où il vient, comme crm ou erp : ses identifiants vont ensemble.
field-recipe = Recette en texte
field-recipe-help = Telle qu’on la télécharge ici ; elle remplace celle des mêmes intitulés.
page-compare-after = Après
page-compare-before = Aujourd’hui
page-compare-changed = Ce qui est connu a changé depuis. Le fichier a été comparé à nouveau ; rien n’a été écrit.
page-compare-changes = Ce qui change
page-compare-columns = Colonnes
page-compare-conflicts-why = saisis ici à la main ; la main l’emporte
page-compare-corrections = Télécharger les lignes écartées
page-compare-custom = (gardée sous son propre nom)
page-compare-effect = Effet sur les chiffres
page-compare-field = Champ
page-compare-fields = { $fields ->
    [one] Un champ
   *[other] { $fields } champs
 }, { $rows ->
    [one] une ligne
   *[other] { $rows } lignes
 }
page-compare-files = Fichiers reçus ensemble
page-compare-filled = Remplies
page-compare-from-file = fichier
page-compare-here = ici
page-compare-here-or-file = Ici ou fichier
page-compare-in-file = Dans le fichier
page-compare-in-program = Dans Orchestre
page-compare-lead = { $rows ->
    [one] { $rows } ligne lue
   *[other] { $rows } lignes lues
 }, { $ready ->
    [one] { $ready } prête
   *[other] { $ready } prêtes
 }. Rien n’est encore écrit.
page-compare-lead-asked = { $rows ->
    [one] { $rows } ligne lue
   *[other] { $rows } lignes lues
 }, { $ready ->
    [one] { $ready } prête
   *[other] { $ready } prêtes
 }. { $questions ->
    [one] Une question attend
   *[other] { $questions } questions attendent
 } votre réponse ; rien n’est encore écrit.
page-compare-leave-out = ne pas importer
page-compare-new = Ce qui est nouveau
page-compare-new-show = Montrer
page-compare-of = { $shown } sur { $count }
page-compare-q-alike = « { $value } » est-il « { $candidate } » ?
page-compare-q-alike-no = Non, c’est autre chose
page-compare-q-alike-no-why = Ses lignes attendent qu’un fichier l’apporte.
page-compare-q-alike-yes = Oui, c’est { $candidate }
page-compare-q-alike-yes-why = La graphie est retenue : la question ne reviendra pas.
page-compare-q-column = Colonne « { $column } ».
page-compare-q-currency = Dans quelle devise sont les montants ?
page-compare-q-currency-label = Devise, trois lettres
page-compare-q-date = Comment lire { $value } ?
page-compare-q-date-dmy = Jour d’abord : { $day }
page-compare-q-date-mdy = Mois d’abord : { $day }
page-compare-q-kind = Que contient le fichier ?
page-compare-q-number = Comment lire { $value } ?
page-compare-q-number-comma = Virgule décimale : { $number }
page-compare-q-number-point = Point décimal : { $number }
page-compare-q-rows = { $count ->
    [one] Une ligne attend
   *[other] { $count } lignes attendent
 }
page-compare-q-seen = Un autre fichier a apporté des lignes égales. Est-ce les mêmes ?
page-compare-q-seen-again = Les mêmes, à nouveau
page-compare-q-seen-again-why = Elles restent telles quelles.
page-compare-q-seen-more = D’autres
page-compare-q-seen-more-why = Elles entrent à côté des premières.
page-compare-recipe = lu avec la recette « { $name } »
page-compare-record = Fiche
page-compare-remarks = Lignes à regarder
page-compare-samples = Exemples
page-compare-shares = Répartition des lignes
page-compare-step = Comparaison
page-compare-step-columns = Colonnes, { $known } sur { $count }
page-compare-step-report = Compte rendu
page-compare-steps = Étapes
page-compare-summary = { $created ->
    [one] { $created } nouvelle
   *[other] { $created } nouvelles
 }, { $updated ->
    [one] { $updated } modifiée
   *[other] { $updated } modifiées
 }.
page-compare-table = { $title }, tableau
page-compare-then = { $before } puis { $after }
page-compare-turnover = Chiffre d’affaires, { $currency }
page-compare-unread = Ces parties n’ont pas pu être lues : { $files }
page-import-at = Reçu
page-import-column = Colonne
page-import-conflicts = Conflits
page-import-created = Nouvelles
page-import-drop = CSV, Excel, OpenDocument, JSON, fichiers LEI ; aussi en ZIP ou gzip. Plusieurs à la fois.
page-import-file = Fichier
page-import-help = Quels fichiers importer
page-import-issues = Anomalies
page-import-issues-more = Les { $shown } premières sur { $count }.
page-import-issues-none = Aucune anomalie.
page-import-kind = Contient
page-import-lead = { $count } fichiers reçus.
page-import-lead-one = { $rows } lignes : { $created } nouvelles, { $updated } modifiées, { $unchanged } inchangées, { $skipped } écartées.
page-import-line = Ligne
page-import-new = Importer un fichier
page-import-none = Aucun fichier reçu pour l’instant
page-import-none-why = Commencez par les comptes, puis les produits, les ventes et les personnes.
page-import-recipes = Recettes
page-import-recipes-why = Ce qu’il a fallu dire d’un fichier est retenu pour le suivant de mêmes intitulés.
page-import-result = Ce que fait le fichier
page-import-result-done = Les lignes sont entrées.
page-import-result-dry = Rien n’a été écrit. C’est exactement ce que fera l’import.
page-import-result-reversed = Il a été annulé : rien n’en reste, sauf ce que l’audit indique comme gardé.
page-import-result-reversing = L’annulation a été interrompue : appuyez de nouveau sur le bouton, elle continue où elle en était.
page-import-rows = Lignes
page-import-skipped = Écartées
page-import-state = État
page-import-unchanged = Inchangées
page-import-unmapped = Colonnes non reconnues
page-import-unmapped-how = Donnez-leur un sens avec « Intitulé = champ », ou laissez-les.
page-import-updated = Modifiées
page-import-value = Valeur
page-import-waiting = En attente de vous
page-import-waiting-line = { $created ->
    [one] { $created } nouvelle
   *[other] { $created } nouvelles
 }, { $updated ->
    [one] { $updated } modifiée
   *[other] { $updated } modifiées
 }, { $skipped ->
    [one] { $skipped } écartée
   *[other] { $skipped } écartées
 }
page-import-what = Ce qui ne va pas
page-recipe-download = Télécharger
page-recipe-lead = { $count ->
    [one] Une recette
   *[other] { $count } recettes
 } : ce qu’il a fallu dire des fichiers, retenu pour les suivants.
page-recipe-name = Recette
page-recipe-none = Aucune recette pour l’instant
page-recipe-none-why = Une recette est retenue quand un fichier entre après que vous avez répondu à une question ou donné son sens à une colonne.
page-recipe-take = Reprendre une recette
page-recipe-text = En texte
page-recipe-uses = Fichiers lus
page-recipe-version = Version
page-reversal = Annuler l’import
page-reversal-choose = Touché depuis
page-reversal-effect = Revient
page-reversal-empty = rien
page-reversal-fields = Champs
page-reversal-gone = Part
page-reversal-keep = garder ce qui s’y trouve
page-reversal-kept = Reste, car on en a besoin
page-reversal-lead = Ce que { $file } a apporté revient à ce qu’il était avant. Rien n’est fait avant que vous appuyiez sur le bouton.
page-reversal-lines-removed = Lignes de vente
page-reversal-lines-restored = Lignes de vente corrigées
page-reversal-name = Nom
page-reversal-nothing = Il ne reste rien à annuler.
page-reversal-put-back = remettre ce qui s’y trouvait avant
page-reversal-rest = { $count } autres valeurs
page-reversal-untouched = Personne n’a touché ce que ce fichier a apporté.
page-reversal-values = Avant : { $before }. Le fichier, ligne { $line } : { $after }. Maintenant : { $now }.
page-reversal-what = Quoi
page-reversal-why = Utilisé par
state-column-account = Compte
state-column-amount = Montant
state-column-assessed_on = Évalué le
state-column-author = Auteur
state-column-bill_to = Facturé à
state-column-business_unit = Unité
state-column-buying_roles = Rôles d’achat
state-column-channel = Canal
state-column-child = Société dessous
state-column-city = Ville
state-column-close_on = Date de clôture
state-column-cost = Coût
state-column-country = Pays
state-column-criterion = Critère
state-column-crm_id = Clé du CRM
state-column-currency = Devise
state-column-customer_people = Personnes du client
state-column-date = Jour
state-column-document = Pièce
state-column-email = Courriel
state-column-employees = Effectif
state-column-end_on = Fin de vente
state-column-erp_id = Clé de l’ERP
state-column-evidence = Preuve
state-column-family = Famille
state-column-field = Champ
state-column-first_name = Prénom
state-column-fiscal_year = Exercice
state-column-former_name = Ancien nom
state-column-former_until = Ancien nom jusqu’au
state-column-from = Du
state-column-fte = Temps de travail
state-column-function = Fonction
state-column-growth_potential = Potentiel de croissance
state-column-id = Identifiant
state-column-influence = Influence
state-column-intercompany = Interne au groupe
state-column-judge = Juge
state-column-kind = Nature
state-column-language = Langue
state-column-last_name = Nom
state-column-launched_on = Début de vente
state-column-lei = LEI
state-column-life_cycle = Cycle de vie
state-column-line = Ligne de pièce
state-column-list_price = Prix catalogue
state-column-minutes = Minutes
state-column-motive = Motif
state-column-name = Nom complet
state-column-name_fr = Nom français
state-column-note = Note
state-column-on = Le
state-column-opened_on = Ouverte le
state-column-opportunity = Opportunité
state-column-organization = Société
state-column-original = Pièce d’origine
state-column-owner = Responsable
state-column-parent = Société mère
state-column-person = Personne
state-column-phone = Téléphone
state-column-postal_code = Code postal
state-column-probability = Probabilité
state-column-product = Produit
state-column-quantity = Quantité
state-column-rate = Cours
state-column-raw = Valeur brute
state-column-region = Région
state-column-register = Numéro de registre
state-column-revenue = Leur chiffre d’affaires
state-column-role = Rôle
state-column-round = Tour
state-column-rule = Règle
state-column-sector = Secteur
state-column-selling_entity = Notre société vendeuse
state-column-set = Jeu
state-column-share = Part
state-column-ship_to = Livré à
state-column-side = Côté
state-column-since = Depuis
state-column-siren = SIREN
state-column-siret = SIRET
state-column-source = Source
state-column-stage = Étape
state-column-stance = Position
state-column-status = Statut
state-column-status_since = Statut depuis
state-column-street = Rue
state-column-strength = Force de la relation
state-column-subject = Objet
state-column-supplier_people = Nos personnes
state-column-tier = Rang
state-column-time = Heure
state-column-title = Intitulé de poste
state-column-to = Au
state-column-type = Type
state-column-unit = Unité de vente
state-column-unit_cost = Coût unitaire
state-column-unit_price = Prix unitaire
state-column-valid_from = Valable du
state-column-valid_to = Valable au
state-column-value = Valeur
state-column-vat = Numéro de TVA
state-column-view = Vue
state-column-wallet = Budget du client
state-column-wallet_currency = Devise du budget
state-column-website = Site
state-import-applied = entré
state-import-applying = en cours
state-import-compared = comparé
state-import-failed = échoué
state-import-read = lu
state-import-received = reçu
state-import-reversed = annulé
state-import-reversing = en cours d’annulation
state-issue-ambiguous_date = Jour et mois se lisent de deux façons. Dites dans quel ordre.
state-issue-ambiguous_number = Virgule et point se lisent de deux façons.
state-issue-automatic_left_out = Écrit par une machine : il reste dehors.
state-issue-bulk_left_out = Une lettre d’information ou une liste : elle reste dehors.
state-issue-cancelled_left_out = L’événement a été annulé : il reste dehors.
state-issue-changed_by_hand = Quelqu’un l’a modifié à la main depuis ; la main l’emporte.
state-issue-column_missing = Une colonne obligatoire manque.
state-issue-criterion_unknown = Ce critère n’est pas dans la grille.
state-issue-currency_missing = Pas de devise : dites laquelle, les montants attendent.
state-issue-currency_unknown = Ce n’est pas un code de devise à trois lettres.
state-issue-date_unreadable = Ce n’est pas une date. Écrivez 2026-11-23 ou 23/11/2026.
state-issue-encoding_broken = Ces octets ne sont pas du texte dans cet encodage. Enregistrez le fichier en UTF-8.
state-issue-file_empty = Le fichier est vide.
state-issue-format_mismatch = Le fichier n’est pas du format que dit son nom.
state-issue-heading_twice = Deux colonnes ont le même sens. Gardez-en une avec « Intitulé = champ ».
state-issue-key_twice = La même clé figure deux fois avec des contenus différents.
state-issue-kind_unknown = On ne voit pas ce que contient le fichier. Dites-le.
state-issue-link_cycle = Ce lien ferait d’une société son propre ancêtre.
state-issue-link_overlap = Une autre maison mère la détient au même moment dans cette vue.
state-issue-name_ambiguous = Plusieurs portent ce nom ; un nom ne suffit pas. Utilisez un identifiant.
state-issue-not_a_person = La carte est celle d’un groupe ou d’un lieu, pas d’une personne ; elle reste dehors.
state-issue-number_unreadable = Ce n’est pas un nombre.
state-issue-out_of_range = Le nombre sort des limites permises.
state-issue-outside_window = Cela sort des jours retenus.
state-issue-party_empty = La ligne ne nomme aucun client.
state-issue-party_unknown = Ce client n’est pas encore connu ; la ligne se rattachera à son arrivée.
state-issue-person_unknown = Cette personne n’est pas encore connue ; la ligne se rattachera à son arrivée.
state-issue-private_left_out = Marqué privé : il reste dehors.
state-issue-product_alike = Un produit au nom presque identique est connu. Est-ce le même ? Répondez par product:nom = nom connu.
state-issue-product_unknown = Ce produit n’est pas encore connu ; la ligne se rattachera à son arrivée.
state-issue-required_missing = Cette cellule ne peut pas être vide.
state-issue-row_unreadable = La ligne est illisible.
state-issue-rows_seen_before = Un autre fichier a apporté les mêmes lignes. Sont-ce les mêmes, ou d’autres ? Répondez par rows:seen = again ou more.
state-issue-rule_unreadable = La règle de la série ne se lit pas jusqu’au bout ; ce qui a pu être lu entre.
state-issue-seen_before = Ce fichier est déjà entré. Rien n’a été fait.
state-issue-too_few_cells = La ligne a moins de cellules que l’en-tête.
state-issue-too_large = Le fichier dépasse la taille permise.
state-issue-too_many_cells = La ligne a plus de cellules que l’en-tête.
state-issue-unknown_word = Ce mot n’est pas dans la liste de ce qui peut figurer ici.
state-kept-business = des affaires saisies à la main
state-kept-import = un import plus récent
state-kept-link = un lien de groupe
state-kept-merge = une fiche fusionnée
state-kept-people = des personnes
state-kept-plan = un plan
state-kept-right = un accès, un droit ou un mur
state-kind-accounts = Comptes
state-kind-costs = Coûts de service
state-kind-interactions = Échanges
state-kind-links = Liens
state-kind-opportunities = Opportunités
state-kind-people = Personnes
state-kind-plans = Plans
state-kind-products = Produits
state-kind-rates = Taux de change
state-kind-sales = Ventes
state-kind-scores = Jugements
state-record-account = Rangs et statuts
state-record-action = Actions
state-record-affiliation = Postes des personnes
state-record-assessment = Avis sur des personnes
state-record-assignment = Affectations
state-record-budget_rate = Taux de budget
state-record-cost = Coûts
state-record-interaction = Interactions
state-record-judgement = Notes
state-record-link = Liens de groupes
state-record-month_rate = Taux mensuels
state-record-objective = Objectifs
state-record-opportunity = Opportunités
state-record-party = Sociétés
state-record-party_identifier = Identifiants
state-record-person = Personnes
state-record-plan = Plans
state-record-product = Produits
state-record-rate = Taux
state-record-risk = Risques
