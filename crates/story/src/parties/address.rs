//! Invented addresses in real towns.

use super::Party;

/// Gives city, street and postal code of a party.
pub(super) fn of(party: &Party) -> [String; 3] {
    let towns: &[(&str, &str)] = match party.country {
        "FR" => &[
            ("Lyon", "69003"),
            ("Lille", "59000"),
            ("Nantes", "44000"),
            ("Dijon", "21000"),
            ("Reims", "51100"),
        ],
        "DE" => {
            &[("Kassel", "34117"), ("Stuttgart", "70173"), ("Hagen", "58095"), ("Fulda", "36037")]
        }
        "IT" => &[("Bergamo", "24121"), ("Ancona", "60121"), ("Parma", "43121")],
        "ES" => &[("Zaragoza", "50001"), ("Getafe", "28901"), ("Burgos", "09001")],
        "GB" => &[("Derby", "DE1 2AB"), ("Doncaster", "DN1 1AA"), ("Leicester", "LE1 5WW")],
        "US" => &[("Greenville", "29601"), ("Toledo", "43604"), ("Dayton", "45402")],
        "NL" => &[("Venlo", "5911 AA"), ("Tilburg", "5038 BC"), ("Zwolle", "8011 CT")],
        "PL" => &[("Łódź", "90-001"), ("Poznań", "61-001"), ("Opole", "45-001")],
        _ => &[("Nagoya", "450-0002"), ("Seto", "489-0044"), ("Kobe", "650-0001")],
    };
    let number = party.number;
    let turn = usize::try_from(number).unwrap_or(0).checked_rem(towns.len()).unwrap_or(0);
    let (city, postal_code) = towns.get(turn).copied().unwrap_or_default();
    let street = match party.country {
        "FR" => format!("{number} rue de l’Exemple"),
        "DE" => format!("Beispielstraße {number}"),
        "IT" => format!("Via dell’Esempio {number}"),
        "ES" => format!("Calle del Ejemplo {number}"),
        "NL" => format!("Voorbeeldstraat {number}"),
        "PL" => format!("ul. Przykładowa {number}"),
        "JP" => format!("{number} Tatoe-dori"),
        _ => format!("{number} Example Street"),
    };
    [city.to_owned(), street, postal_code.to_owned()]
}
