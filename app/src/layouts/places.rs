//! The pages that one goes to, in one list: the rail, the phone's bar, the palette and its keys are made of it.

use crate::{components::icon::Icon, text::Text};
use domain::{Permission, Role};

/// Where a page's link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// In the rail, and among the five of a phone's bar.
    Bar,
    /// In the rail; on a phone behind "More".
    More,
    /// Below another page: only the palette leads there at once.
    Below,
}

/// A page.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Its address.
    pub href: &'static str,
    /// What it is known by.
    pub icon: Icon,
    /// Where its link stands.
    pub stand: Stand,
    /// What it takes to see it.
    pub needs: Permission,
    /// The letter that opens it after `G`, with its key's place.
    pub letter: Option<(&'static str, &'static str)>,
}

/// All of them, in the order of the rail.
pub static PLACES: [Place; 18] = {
    use Permission::{Administer, Read};
    use Stand::{Bar, Below, More};
    [
        page("/", Icon::Today, Bar, Read, Some(("KeyT", "T"))),
        page("/products", Icon::Products, Bar, Read, Some(("KeyP", "P"))),
        page("/warehouses", Icon::Warehouses, More, Read, Some(("KeyW", "W"))),
        page("/orders", Icon::Orders, Bar, Read, Some(("KeyO", "O"))),
        page("/sales", Icon::Orders, More, Read, None),
        page("/syncs", Icon::Sync, More, Read, Some(("KeyS", "S"))),
        page("/analytics", Icon::Analytics, Bar, Read, Some(("KeyY", "Y"))),
        page("/audit", Icon::Log, More, Administer, Some(("KeyA", "A"))),
        page("/settings", Icon::Settings, More, Read, Some(("KeyN", "N"))),
        page("/products/links", Icon::Swap, Below, Read, None),
        page("/past", Icon::Clock, Below, Read, None),
        page("/settings/shops", Icon::Settings, Below, Read, None),
        page("/settings/orders", Icon::Settings, Below, Read, None),
        page("/settings/profile", Icon::Settings, Below, Read, None),
        page("/settings/team", Icon::Settings, Below, Administer, None),
        page("/settings/keys", Icon::Key, Below, Administer, None),
        page("/settings/usage", Icon::Settings, Below, Read, None),
        page("/settings/danger", Icon::Settings, Below, Read, None),
    ]
};

/// The operators' area. Not among the others: whether somebody is an operator is no matter of their role.
pub static OPERATORS: Place = page("/operator", Icon::Key, Stand::More, Permission::Read, None);

const fn page(
    href: &'static str,
    icon: Icon,
    stand: Stand,
    needs: Permission,
    letter: Option<(&'static str, &'static str)>,
) -> Place {
    Place { href, icon, stand, needs, letter }
}

impl Place {
    /// What it is called.
    pub fn title(&self, text: &Text) -> &'static str {
        self.title_in_rail(text).unwrap_or_else(|| self.title_below(text))
    }

    /// The same for what stands in the rail. The frame asks for no more, so that the words of other pages stay in their
    /// own chunks.
    pub fn title_in_rail(&self, text: &Text) -> Option<&'static str> {
        Some(match self.href {
            "/" => text.today().nav,
            "/products" => text.common().products,
            "/warehouses" => text.today().nav_warehouses,
            "/orders" => text.orders().nav,
            "/analytics" => text.today().nav_analytics,
            "/sales" => text.sales().title,
            "/syncs" => text.common().syncs,
            "/audit" => text.audit().nav,
            "/settings" => text.common().settings,
            _ => return None,
        })
    }

    fn title_below(&self, text: &Text) -> &'static str {
        match self.href {
            "/products/links" => text.links().title,
            "/past" => text.orders().past.title,
            "/settings/shops" => text.shops().nav,
            "/settings/orders" => text.today().rules,
            "/settings/team" => text.team().nav_team,
            "/settings/keys" => text.team().nav_keys,
            "/settings/profile" => text.profile().nav,
            "/settings/usage" => text.plans().nav,
            _ => text.team().nav_danger,
        }
    }

    /// Whether a role may see it; before the role is known, what everybody may.
    pub fn is_for(&self, role: Option<Role>) -> bool {
        role.map_or(self.needs == Permission::Read, |role| role.may(self.needs))
    }

    /// Whether a path is this page or one below it; below the first page are all the others.
    pub fn is_here(&self, path: &str) -> bool {
        path == self.href
            || (self.href != "/"
                && path.strip_prefix(self.href).is_some_and(|rest| rest.starts_with('/')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Locale;
    use std::collections::BTreeSet;

    #[test]
    fn no_page_letter_or_title_stands_twice() {
        for locale in [Locale::Ru, Locale::En] {
            let titles: BTreeSet<_> =
                PLACES.iter().map(|place| place.title(Text::of(locale))).collect();
            assert_eq!(titles.len(), PLACES.len(), "{titles:?}");
        }
        let pages: BTreeSet<_> = PLACES.iter().map(|place| place.href).collect();
        assert_eq!(pages.len(), PLACES.len());
        let letters: Vec<_> = PLACES.iter().filter_map(|place| place.letter).collect();
        assert_eq!(letters.iter().collect::<BTreeSet<_>>().len(), letters.len());
    }

    #[test]
    fn a_phone_has_five_places_the_last_of_which_opens_the_rest() {
        assert_eq!(PLACES.iter().filter(|place| place.stand == Stand::Bar).count(), 4);
    }

    #[test]
    fn a_page_is_here_on_the_pages_below_it() {
        let of = |href| PLACES.iter().find(|place| place.href == href).unwrap();
        assert!(of("/settings").is_here("/settings/team"));
        assert!(!of("/").is_here("/products"));
        assert!(!of("/past").is_here("/pastry"));
    }
}
