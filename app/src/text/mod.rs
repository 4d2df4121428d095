//! Every word of the interface, typed: a text that one language lacks doesn't compile.
//!
//! Two static structs and a handful of functions instead of a translation library: the two languages
//! need plurals, numbers and dates and nothing else, and a library's formatting tables would weigh
//! more in the browser than all the texts together. Nothing here reads cookies or requests.

pub mod audit;
pub mod changes;
mod comparison;
pub mod date;
mod en;
mod errors;
pub mod grid;
pub mod key_guide;
pub mod links;
pub mod live;
pub mod number;
pub mod operator;
pub mod ordering;
pub mod orders;
pub mod palette;
mod plans;
pub mod plural;
pub mod profile;
mod ru;
pub mod sales;
pub mod shops;
pub mod table;
pub mod team;
pub mod timeline;
pub mod today;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Locale;

pub use comparison::Comparison;
pub use errors::{Errors, Rules};
pub use plans::Plans;

/// The catalogue of a language. Each section is reached by a call and nothing refers to them all, so that the splitter
/// leaves a page's words in the page's own chunk.
pub struct Text {
    /// Which language, for numbers and dates.
    pub locale: Locale,
}

/// A section of the catalogue, in the language of the text that is asked.
macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident: $kind:ty = $ru:expr, $en:expr;)*) => {
        impl Text {
            $($(#[$doc])*
            pub fn $name(&self) -> &'static $kind {
                match self.locale {
                    Locale::Ru => &$ru,
                    Locale::En => &$en,
                }
            })*
        }
    };
}

sections! {
    /// Words that many places share.
    common: Common = ru::COMMON, en::COMMON;
    /// The landing page, signing in and up.
    door: Door = ru::DOOR, en::DOOR;
    /// The product table.
    products: Products = ru::PRODUCTS, en::PRODUCTS;
    /// The product page and its chart.
    product: Product = ru::PRODUCT, en::PRODUCT;
    /// Synchronisations.
    syncs: Syncs = ru::SYNCS, en::SYNCS;
    /// Settings and the key.
    settings: Settings = ru::SETTINGS, en::SETTINGS;
    /// A person's own account.
    profile: profile::Profile = profile::RU, profile::EN;
    /// The team, its keys, and what can't be taken back.
    team: team::Team = team::RU, team::EN;
    /// The log.
    audit: audit::Audit = audit::RU, audit::EN;
    /// The company's shops.
    shops: shops::Shops = shops::RU, shops::EN;
    /// A number beside the marketplace's own.
    comparison: Comparison = comparison::RU, comparison::EN;
    /// The plan and its use.
    plans: Plans = plans::RU, plans::EN;
    /// The palette and the keys.
    palette: palette::Palette = palette::RU, palette::EN;
    /// The product table's filters, columns, tags and views.
    table: table::Table = table::RU, table::EN;
    /// The product table as it is handled: widths, rows that arrive, filters that leave much.
    grid: grid::Grid = grid::RU, grid::EN;
    /// Orders, files of lists, the past.
    orders: orders::Orders = orders::RU, orders::EN;
    /// Sales and returns.
    sales: sales::Sales = sales::RU, sales::EN;
    /// The same thing in several shops.
    links: links::Links = links::RU, links::EN;
    /// Ordering a product: terms, notes, its timeline.
    ordering: ordering::Ordering = ordering::RU, ordering::EN;
    /// What changed since yesterday, money at cost, pages as of a moment.
    changes: changes::Changes = changes::RU, changes::EN;
    /// The product's time line and its periods.
    timeline: timeline::Timeline = timeline::RU, timeline::EN;
    /// The operators' area.
    operator: operator::Operator = operator::RU, operator::EN;
    /// The morning page, the warehouses and the analytics.
    today: today::Today = today::RU, today::EN;
    /// Where a key is made.
    key_guide: key_guide::KeyGuide = key_guide::RU, key_guide::EN;
    /// What arrives by itself, and what happens without a network.
    live: live::Live = live::RU, live::EN;
    /// What went wrong.
    errors: Errors = ru::ERRORS, en::ERRORS;
}

/// Words that many places share.
pub struct Common {
    pub name: &'static str,
    pub products: &'static str,
    pub syncs: &'static str,
    pub settings: &'static str,
    pub operator: &'static str,
    pub skip: &'static str,
    pub navigation: &'static str,
    pub synchronise: &'static str,
    pub sign_out: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub theme_system: &'static str,
    pub unknown: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub loading: &'static str,
    pub reload: &'static str,
    pub moscow_time: &'static str,
    pub data_age: &'static str,
    pub no_data: &'static str,
    pub no_key: &'static str,
    pub demo_shop: &'static str,
    pub demo_until: fn(&str) -> String,
    pub demo_register: &'static str,
    pub days: fn(i64) -> &'static str,
    pub viewer_only: &'static str,
}

/// The landing page, signing in and up.
pub struct Door {
    pub headline: &'static str,
    pub lead: &'static str,
    pub points: [(&'static str, &'static str); 3],
    pub sign_in: &'static str,
    pub register: &'static str,
    pub demo: &'static str,
    pub demo_note: &'static str,
    pub sign_in_title: &'static str,
    pub register_title: &'static str,
    pub no_account: &'static str,
    pub have_account: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub password_hint: &'static str,
    pub company: &'static str,
    pub company_hint: &'static str,
    pub marketplace: &'static str,
    pub marketplace_hint: &'static str,
    pub or: &'static str,
    pub wrong_password: &'static str,
    pub taken: &'static str,
    pub signed_out: &'static str,
    pub sample: [&'static str; 5],
}

/// The product table.
pub struct Products {
    pub title: &'static str,
    pub search: &'static str,
    pub search_hint: &'static str,
    pub find: &'static str,
    pub clear: &'static str,
    pub product: &'static str,
    pub article: &'static str,
    pub stock: &'static str,
    pub to_client: &'static str,
    pub from_client: &'static str,
    pub orders: &'static str,
    pub orders_7: &'static str,
    pub orders_28: &'static str,
    pub days_7: &'static str,
    pub days_28: &'static str,
    pub cover: &'static str,
    pub trend: &'static str,
    pub age: &'static str,
    pub units: &'static str,
    pub short_days: &'static str,
    pub sort: &'static str,
    pub days_unit: &'static str,
    pub sort_by: fn(&str) -> String,
    pub totals: fn(i64, &str) -> String,
    pub range: fn(&str, &str, &str) -> String,
    pub per_page: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub pages: &'static str,
    pub out_of_stock: &'static str,
    pub never_ends: &'static str,
    pub never_read: &'static str,
    pub no_orders_read: &'static str,
    pub too_few_days: &'static str,
    pub trend_label: fn(i64) -> String,
    pub empty_title: &'static str,
    pub empty_no_key: &'static str,
    pub empty_no_sync: &'static str,
    pub connect: &'static str,
    pub none_found: &'static str,
    pub none_found_hint: &'static str,
}

/// The product page and its chart.
pub struct Product {
    pub back: &'static str,
    pub marketplace_article: fn(&str) -> String,
    pub seller_article: &'static str,
    pub runs_out: fn(&str, &str) -> String,
    pub out_now: &'static str,
    pub out_now_rate: fn(&str) -> String,
    pub no_sales: &'static str,
    pub unknown_stock: &'static str,
    pub unknown_orders: &'static str,
    pub unknown_few: &'static str,
    pub archived: fn(&str) -> String,
    pub velocity: &'static str,
    pub velocity_unit: &'static str,
    pub how: &'static str,
    pub how_stock: &'static str,
    pub how_orders: fn(i64) -> String,
    pub how_cover: &'static str,
    pub how_cover_sum: fn(&str, &str, &str) -> String,
    pub how_velocity: fn(i64) -> String,
    pub how_velocity_sum: fn(&str, &str, &str) -> String,
    pub how_way: &'static str,
    pub source_stock: fn(&str) -> String,
    pub source_orders: fn(&str) -> String,
    pub source_never: &'static str,
    pub history: &'static str,
    pub range: &'static str,
    pub range_days: fn(i64) -> String,
    pub stock: &'static str,
    pub stock_end: &'static str,
    pub ordered: &'static str,
    pub cancelled: &'static str,
    pub revenue: &'static str,
    pub day: &'static str,
    pub out_days: &'static str,
    pub chart_label: fn(&str, &str) -> String,
    pub as_table: &'static str,
    pub no_history: &'static str,
    pub by_warehouse: &'static str,
    pub warehouse: &'static str,
    pub quantity: &'static str,
    pub on_the_way: &'static str,
    pub changed: &'static str,
    pub own_warehouse: &'static str,
    pub marketplace_warehouse: &'static str,
    pub no_warehouses: &'static str,
    pub sizes: &'static str,
    pub size: &'static str,
    pub barcodes: &'static str,
    pub no_size: &'static str,
    pub not_found: &'static str,
}

/// Synchronisations.
pub struct Syncs {
    pub title: &'static str,
    pub lead: &'static str,
    pub started: &'static str,
    pub status: &'static str,
    pub took: &'static str,
    pub so_far: fn(&str) -> String,
    pub rows: &'static str,
    pub changed: &'static str,
    pub requests: &'static str,
    pub waited: &'static str,
    pub step: &'static str,
    pub one: fn(&str) -> String,
    pub pending: &'static str,
    pub running: &'static str,
    pub completed: &'static str,
    pub partial: &'static str,
    pub failed: &'static str,
    pub step_waiting: &'static str,
    pub step_running: &'static str,
    pub step_postponed: fn(&str) -> String,
    pub step_done: &'static str,
    pub step_failed: &'static str,
    pub kinds: [&'static str; 10],
    pub kinds_doing: [&'static str; 10],
    pub says_pending: &'static str,
    pub says_running: fn(&str, i64, i64) -> String,
    pub says_completed: fn(&str) -> String,
    pub says_partial: &'static str,
    pub says_failed: &'static str,
    pub of: fn(&str, &str) -> String,
    pub empty: &'static str,
    pub to_products: &'static str,
    pub live: &'static str,
    pub live_lost: &'static str,
    pub no_script: &'static str,
    pub not_found: &'static str,
    pub problem_no_key: &'static str,
    pub problem_key_refused: &'static str,
    pub problem_not_permitted: &'static str,
    pub problem_disabled: &'static str,
    pub problem_rate_limited: &'static str,
    pub problem_preparing: &'static str,
    pub problem_unreachable: &'static str,
    pub problem_empty: &'static str,
    pub problem_shape: &'static str,
    pub problem_internal: &'static str,
}

/// Settings and the key.
pub struct Settings {
    pub title: &'static str,
    pub nav_general: &'static str,
    pub company: &'static str,
    pub company_name: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub owner_only: &'static str,
    pub shops: &'static str,
    pub key: &'static str,
    pub no_key: &'static str,
    pub paste: &'static str,
    pub paste_new: &'static str,
    pub paste_hint: &'static str,
    pub connect: &'static str,
    pub replace: &'static str,
    pub remove: &'static str,
    pub seller: &'static str,
    pub kind: &'static str,
    pub lives_until: &'static str,
    pub days_left: fn(i64) -> String,
    pub expired: &'static str,
    pub checked: &'static str,
    pub scopes: &'static str,
    pub scope_names: [&'static str; 5],
    pub scope_for: [&'static str; 5],
    pub granted: &'static str,
    pub missing_needed: &'static str,
    pub missing_optional: &'static str,
    pub read_only: &'static str,
    pub read_write: &'static str,
    pub status_valid: &'static str,
    pub status_invalid: &'static str,
    pub status_malformed: &'static str,
    pub status_unreachable: &'static str,
    pub kind_base: &'static str,
    pub kind_test: &'static str,
    pub kind_personal: &'static str,
    pub kind_service: &'static str,
    pub kind_base_note: &'static str,
    pub kind_test_note: &'static str,
    pub kind_personal_note: &'static str,
    pub demo_note: &'static str,
    pub looks: &'static str,
}

impl Text {
    /// The catalogue of a language.
    pub fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::Ru => &Self { locale: Locale::Ru },
            Locale::En => &Self { locale: Locale::En },
        }
    }

    /// A whole number.
    pub fn int(&self, n: i64) -> String {
        number::integer(self.locale, n)
    }

    /// A moment with its day.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        date::moment(self.locale, at)
    }

    /// A date of Moscow's calendar with its year.
    pub fn date(&self, at: DateTime<Utc>) -> String {
        date::full(self.locale, date::moscow(at).date())
    }

    /// A day without its year.
    pub fn day(&self, day: NaiveDate) -> String {
        date::day(self.locale, day)
    }

    /// How long ago.
    pub fn age(&self, then: DateTime<Utc>, now: DateTime<Utc>) -> String {
        date::age(self.locale, then, now)
    }

    /// `6 дней`, `6,3 дня`: a fraction takes the genitive, as in «шесть целых три десятых дня».
    pub fn days_tenths(&self, tenths: i64) -> String {
        let number = number::tenths(self.locale, tenths);
        let word = if tenths % 10 != 0 {
            (self.common().days)(2)
        } else {
            (self.common().days)(tenths / 10)
        };
        format!("{number}\u{a0}{word}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_their_number() {
        let ru = Text::of(Locale::Ru);
        assert_eq!(ru.days_tenths(10), "1\u{a0}день");
        assert_eq!(ru.days_tenths(63), "6,3\u{a0}дня");
        assert_eq!(ru.days_tenths(120), "12\u{a0}дней");
        let en = Text::of(Locale::En);
        assert_eq!(en.days_tenths(10), "1\u{a0}day");
        assert_eq!(en.days_tenths(5), "0.5\u{a0}days");
    }
}
