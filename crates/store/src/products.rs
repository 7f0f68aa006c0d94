//! Products as pages show them beside turnover.

use orchestre_domain::id::ProductId;

use crate::error::StoreError;
use crate::sql::Sql;
use crate::work::Work;

/// A product's names and family; products are no customer's secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductCard {
    /// The product.
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// Its French name.
    pub name_fr: Option<String>,
    /// Its family.
    pub family: Option<String>,
}

impl Work<'_> {
    /// Gives the cards of these products.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn product_cards(
        &mut self,
        products: &[ProductId],
    ) -> Result<Vec<ProductCard>, StoreError> {
        let mut cards = Vec::with_capacity(products.len());
        for some in products.chunks(500) {
            let ids: Vec<i64> = some.iter().copied().map(ProductId::as_i64).collect();
            let (places, values) = Sql::places(&ids, 1);
            let text =
                format!("SELECT id, name, name_fr, family FROM products WHERE id IN ({places})");
            for row in self.rows(Sql::built(text).bind_all(values)).await? {
                cards.push(ProductCard {
                    product: ProductId(row.get("id")?),
                    name: row.get("name")?,
                    name_fr: row.opt("name_fr")?,
                    family: row.opt("family")?,
                });
            }
        }
        Ok(cards)
    }
}
