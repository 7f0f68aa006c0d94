//! The 60 products in eight families and three units.

use crate::amount;
use crate::calendar::{self, Calendar};
use crate::table::{Sheet, rows};

/// A product; prices in euro cents.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    pub(crate) code: &'static str,
    name: &'static str,
    name_fr: &'static str,
    /// 0 to 7 in the order of the families.
    pub(crate) family: usize,
    family_name: &'static str,
    life_cycle: &'static str,
    unit: &'static str,
    pub(crate) list_price: i128,
    pub(crate) cost: i128,
    launch: &'static str,
}

impl Product {
    /// Gives the unit of the supplier that sells the product.
    pub(crate) fn business_unit(&self) -> &'static str {
        match self.family {
            0..=2 => "Protection",
            3..=5 => "Health & Cold",
            _ => "Circular Services",
        }
    }

    /// Says whether the product could be bought on a day.
    pub(crate) fn exists(&self, calendar: Calendar, day: jiff::civil::Date) -> bool {
        calendar.read(self.launch).is_none_or(|launch| launch <= day)
    }
}

/// Reads the table of products.
pub(crate) fn all() -> Vec<Product> {
    let mut products = Vec::new();
    let mut family = None;
    let mut number = 0_usize;
    for row in rows(include_str!("tables/products.txt")) {
        match row.as_slice() {
            [head, name, _, life_cycle] if head.starts_with('=') => {
                number += usize::from(family.is_some());
                family = Some((*name, *life_cycle));
            }
            [code, name, name_fr, unit, price, cost, launch] => {
                let (Some((family_name, life_cycle)), Some(list_price), Some(cost)) =
                    (family, amount::read(price, 2), amount::read(cost, 2))
                else {
                    continue;
                };
                let family = number;
                products.push(Product {
                    code,
                    name,
                    name_fr,
                    family,
                    family_name,
                    life_cycle,
                    unit,
                    list_price,
                    cost,
                    launch,
                });
            }
            _ => {}
        }
    }
    products
}

/// Gives `products.csv`.
pub(crate) fn file(calendar: Calendar, products: &[Product]) -> String {
    let mut sheet = Sheet::new(
        "id,name,name_fr,family,business_unit,unit,list_price,unit_cost,currency,life_cycle,launched_on,end_on",
    );
    for product in products {
        let launch = calendar::text(calendar.read(product.launch));
        let end = if product.life_cycle == "decline" {
            calendar::text(calendar.read("M+14"))
        } else {
            String::new()
        };
        let (price, cost) =
            (amount::text(product.list_price, "EUR"), amount::text(product.cost, "EUR"));
        sheet.row([
            product.code,
            product.name,
            product.name_fr,
            product.family_name,
            product.business_unit(),
            product.unit,
            price.as_str(),
            cost.as_str(),
            "EUR",
            product.life_cycle,
            launch.as_str(),
            end.as_str(),
        ]);
    }
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_is_read() {
        let products = all();
        let count =
            |family: usize| products.iter().filter(|product| product.family == family).count();
        assert_eq!(products.len(), 60);
        assert_eq!([0, 1, 2, 3, 4, 5, 6, 7].map(count), [8, 7, 8, 8, 7, 7, 8, 7]);
        assert!(products.iter().all(|product| product.cost < product.list_price));
    }
}
