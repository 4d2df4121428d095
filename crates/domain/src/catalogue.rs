//! What of the catalogue is shown and in which order: filters, sorting by several columns, tags, saved views.

use crate::{
    AccountId, ProductId, TagEditId, TagId, UserId, ViewId, WarehouseId,
    demand::Grade,
    problem::FieldError,
    product::{ProductSort, SortOrder},
    today::{Abc, Xyz},
    validation::{Broken, Check},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Sorted columns at most.
pub const SORT_KEYS: usize = 3;

/// Values of one filter at most.
const VALUES: usize = 50;

/// Days of cover that can be asked for at most.
const MAX_COVER: i64 = 100_000;

/// A column and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SortKey {
    /// The column.
    pub sort: ProductSort,
    /// The direction.
    pub order: SortOrder,
}

impl SortKey {
    /// Reads `cover,-total_stock`: a minus means the largest first. `None`: an unknown word, one twice, or too many.
    pub fn read(text: &str) -> Option<Vec<Self>> {
        let mut keys: Vec<Self> = Vec::new();
        for word in text.split(',').map(str::trim) {
            let (order, word) =
                word.strip_prefix('-').map_or((SortOrder::Asc, word), |w| (SortOrder::Desc, w));
            let sort = ProductSort::of_word(word)?;
            if keys.iter().any(|key| key.sort == sort) {
                return None;
            }
            keys.push(Self { sort, order });
        }
        (keys.len() <= SORT_KEYS).then_some(keys)
    }

    /// What [`Self::read`] reads.
    pub fn write(keys: &[Self]) -> String {
        let word = |key: &Self| match key.order {
            SortOrder::Asc => key.sort.as_str().to_owned(),
            SortOrder::Desc => format!("-{}", key.sort.as_str()),
        };
        keys.iter().map(word).collect::<Vec<_>>().join(",")
    }
}

/// How much of a product is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum StockState {
    /// Nothing.
    Out,
    /// Something, but less than the company's threshold.
    Low,
    /// Something.
    Has,
}

/// What changed of a product since yesterday, as the morning counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// It ran out.
    RanOut,
    /// It is in stock again.
    CameBack,
    /// It was first seen.
    New,
    /// The marketplace stopped to list it.
    Gone,
    /// It is listed at another price.
    Repriced,
    /// Some of it came back yesterday.
    Returned,
}

impl Changed {
    /// Each, in the order of the morning.
    pub const ALL: [Self; 6] =
        [Self::RanOut, Self::CameBack, Self::Repriced, Self::Returned, Self::New, Self::Gone];
}

/// What narrows the list. Several values of one kind: any of them; several kinds: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProductFilter {
    /// Of these shops.
    pub account: Vec<AccountId>,
    /// With pieces at one of these warehouses.
    pub warehouse: Vec<WarehouseId>,
    /// Instead: sold, but run out at one of these warehouses.
    pub warehouse_out: bool,
    /// Of these brands.
    pub brand: Vec<String>,
    /// Of these categories.
    pub subject: Vec<String>,
    /// Whose cover has one of these grades.
    pub grade: Vec<Grade>,
    /// Of these classes by revenue.
    pub abc: Vec<Abc>,
    /// Of these classes by evenness.
    pub xyz: Vec<Xyz>,
    /// How much is left.
    pub stock: Option<StockState>,
    /// Cover of at least so many days.
    pub cover_from: Option<i64>,
    /// Cover of less than so many days; what ran out is not among them.
    pub cover_to: Option<i64>,
    /// Only what lies and nobody buys.
    pub dead: bool,
    /// Only what will run out before a delivery ordered today could arrive.
    pub risk: bool,
    /// Only what should be ordered.
    pub to_order: bool,
    /// Only what lost orders while it was out of stock.
    pub lost: bool,
    /// Only what is one thing with a product of another shop.
    pub linked: bool,
    /// Only what changed so since yesterday.
    pub changed: Option<Changed>,
    /// With one of these tags.
    pub tag: Vec<TagId>,
    /// Only what the marketplace no longer lists; without it only what it lists.
    pub archived: bool,
}

impl ProductFilter {
    /// Whether it leaves nothing out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Understands `cover` as one word: `out`, `none` (it never ends), `lt14` and `gt120` (days). False: another word.
    pub fn cover_in_a_word(&mut self, word: &str) -> bool {
        let days = |text: &str| text.parse().ok().filter(|days| (0..=MAX_COVER).contains(days));
        match word {
            "out" => self.stock = Some(StockState::Out),
            "none" => {
                self.stock = Some(StockState::Has);
                self.grade = vec![Grade::NoSales];
            }
            _ => match (word.strip_prefix("lt").map(days), word.strip_prefix("gt").map(days)) {
                (Some(Some(days)), _) => self.cover_to = Some(days),
                (_, Some(Some(days))) => self.cover_from = Some(days),
                _ => return false,
            },
        }
        true
    }

    /// What is broken of its rules.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let lengths = [
            ("account", self.account.len()),
            ("warehouse", self.warehouse.len()),
            ("brand", self.brand.len()),
            ("subject", self.subject.len()),
            ("tag", self.tag.len()),
        ];
        for (name, _) in lengths.into_iter().filter(|(_, length)| *length > VALUES) {
            errors.push(FieldError::query(name, "too_many", "use at most 50 values"));
        }
        for (name, days) in [("cover_from", self.cover_from), ("cover_to", self.cover_to)] {
            if days.is_some_and(|days| !(0..=MAX_COVER).contains(&days)) {
                errors.push(FieldError::query(name, "out_of_range", "use 0 to 100000 days"));
            }
        }
        errors
    }
}

/// A tag of the company's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// What it says.
    #[cfg_attr(feature = "openapi", schema(example = "Новинка"))]
    pub name: String,
    /// Its colour.
    pub color: TagColor,
}

/// The colours of tags: named, because each theme has its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TagColor {
    /// Without colour.
    #[default]
    Grey,
    /// Red.
    Red,
    /// Amber.
    Amber,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Violet.
    Violet,
}

impl TagColor {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Grey, Self::Red, Self::Amber, Self::Green, Self::Blue, Self::Violet];

    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Violet => "violet",
        }
    }

    /// By its stored word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|color| color.as_str() == word)
    }
}

/// A tag to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTag {
    /// What it says: 1 to 40 characters; no two of a company say the same.
    #[cfg_attr(feature = "openapi", schema(example = "Новинка"))]
    pub name: String,
    /// Its colour.
    #[serde(default)]
    pub color: TagColor,
}

impl NewTag {
    /// What is broken of its rules.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("name", label(&self.name, 40));
        check.errors
    }
}

/// What a person calls a tag or a view: no control characters, 1 to `longest`.
fn label(text: &str, longest: usize) -> Result<(), Broken> {
    if text.chars().any(char::is_control) {
        Err(("control_character", "leave out control characters"))
    } else if text.trim().is_empty() {
        Err(("missing", "write a name"))
    } else if text.trim().chars().count() > longest {
        Err(("too_long", "this name is too long"))
    } else {
        Ok(())
    }
}

/// Whether tags are put on or taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TagDeed {
    /// Put on.
    Add,
    /// Taken off.
    Remove,
}

impl TagDeed {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
        }
    }
}

/// A bulk change of tags to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTagEdit {
    /// Which tag.
    pub tag: TagId,
    /// Put on or taken off.
    pub deed: TagDeed,
    /// These products, up to 200; `null`: all that the filter finds.
    #[serde(default)]
    pub products: Option<Vec<ProductId>>,
    /// A query of the product list.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = "brand=%D0%A3%D1%8E%D1%82&stock=low"))]
    pub filter: String,
}

impl NewTagEdit {
    /// Which products it is about.
    pub fn chosen(self) -> Selection {
        self.products.map_or(Selection::All, Selection::These)
    }
}

/// What was done to many products, and until when it can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TagEdit {
    /// Its id.
    pub id: TagEditId,
    /// Which tag.
    pub tag: Tag,
    /// Put on or taken off.
    pub deed: TagDeed,
    /// How many products it changed.
    pub changed: i64,
    /// Until when it can be undone.
    pub undo_until: DateTime<Utc>,
}

/// Which products a bulk change is about: these, or all of the filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// These, up to 200.
    These(Vec<ProductId>),
    /// All that the question finds, on whatever page.
    All,
}

/// A saved view: the table's whole state by a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct View {
    /// Its id.
    pub id: ViewId,
    /// What it is called.
    #[cfg_attr(feature = "openapi", schema(example = "Заканчиваются"))]
    pub name: String,
    /// The address's query: filters, sorting, columns.
    #[cfg_attr(feature = "openapi", schema(example = "stock=low&sort=cover"))]
    pub query: String,
    /// Whether the whole company sees it.
    pub shared: bool,
    /// Who saved it; only they change it, and an admin what is shared.
    pub owner: Option<UserId>,
    /// Whether it is the caller's own.
    pub own: bool,
}

/// A view to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewView {
    /// What it is called: 1 to 60 characters.
    #[cfg_attr(feature = "openapi", schema(example = "Заканчиваются"))]
    pub name: String,
    /// The address's query.
    #[cfg_attr(feature = "openapi", schema(example = "stock=low&sort=cover"))]
    pub query: String,
    /// Whether the whole company is to see it.
    #[serde(default)]
    pub shared: bool,
}

impl NewView {
    /// What is broken of its rules.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("name", label(&self.name, 60));
        let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '#' | '?' | '\\');
        check.field(
            "query",
            if self.query.len() > 4000 {
                Err(("too_long", "use at most 4000 characters"))
            } else if self.query.chars().any(odd) {
                Err(("unknown", "use what stands behind the question mark of the address"))
            } else {
                Ok(())
            },
        );
        check.errors
    }
}

/// By what can be filtered: the values that occur.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facets {
    /// Brands, by name; the first 200.
    pub brands: Vec<String>,
    /// Categories, by name; the first 200.
    pub subjects: Vec<String>,
    /// Warehouses, by name.
    pub warehouses: Vec<FacetWarehouse>,
    /// The company's tags, by name.
    pub tags: Vec<Tag>,
}

/// A warehouse to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FacetWarehouse {
    /// Its id.
    pub id: WarehouseId,
    /// Its name.
    pub name: String,
    /// Whose shop knows it.
    pub account: AccountId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_columns_are_read_and_written() {
        let keys = SortKey::read("cover,-stock").unwrap();
        assert_eq!(keys[0], SortKey { sort: ProductSort::Cover, order: SortOrder::Asc });
        assert_eq!(keys[1], SortKey { sort: ProductSort::TotalStock, order: SortOrder::Desc });
        assert_eq!(SortKey::write(&keys), "cover,-total_stock");
        assert_eq!(SortKey::read(&SortKey::write(&keys)), Some(keys));
        for wrong in ["", "cover,cover", "price", "cover,-stock,orders_7,orders_28", "cover;drop"] {
            assert_eq!(SortKey::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn cover_is_understood_in_a_word() {
        let read = |word: &str| {
            let mut filter = ProductFilter::default();
            filter.cover_in_a_word(word).then_some(filter)
        };
        assert_eq!(read("out").unwrap().stock, Some(StockState::Out));
        assert_eq!(read("none").unwrap().grade, [Grade::NoSales]);
        assert_eq!(read("lt14").unwrap().cover_to, Some(14));
        assert_eq!(read("gt120").unwrap().cover_from, Some(120));
        for wrong in ["", "lt", "ltx", "gt-1", "soon"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_column_has_a_word() {
        for (sort, word) in ProductSort::ALL {
            assert_eq!(serde_json::to_value(sort).unwrap(), word);
            assert_eq!(ProductSort::of_word(word), Some(sort));
        }
    }

    #[test]
    fn names_of_tags_and_views_have_bounds() {
        let tag = |name: &str| NewTag { name: name.into(), color: TagColor::Red }.check().len();
        assert_eq!([tag("Новинка"), tag("  "), tag(&"я".repeat(41)), tag("a\nb")], [0, 1, 1, 1]);
        let view = |query: &str| NewView { name: "a".into(), query: query.into(), shared: false };
        assert_eq!(view("stock=low&sort=cover").check(), []);
        assert_eq!(view("stock=low#there").check().len(), 1);
    }
}
