//! The SQL of the catalogue's list, put together from constants: only the conditions that a question has are in it, and
//! every value is bound. Never runs anything.

use crate::{
    engine::Engine,
    measures::INFINITE_COVER,
    products_cursor::{Cursor, Value},
};
use chrono::{DateTime, Utc};
use domain::{
    catalogue::{SortKey, StockState},
    demand::Grade,
    product::{ProductQuery, ProductSort, SortOrder},
    search,
    validation::fold,
};
use uuid::Uuid;

/// A value that takes the place of a `$n`.
#[derive(Clone, Debug)]
pub(crate) enum Bound {
    Id(Uuid),
    Number(i64),
    Moment(DateTime<Utc>),
    Text(String),
}

/// Binds all values of a statement.
macro_rules! bind_all {
    ($query:expr, $bound:expr) => {{
        let mut query = $query;
        for value in $bound {
            query = match value {
                $crate::products_query::Bound::Id(id) => query.bind(*id),
                $crate::products_query::Bound::Number(number) => query.bind(*number),
                $crate::products_query::Bound::Moment(moment) => query.bind(*moment),
                $crate::products_query::Bound::Text(text) => query.bind(text.as_str()),
            };
        }
        query
    }};
}
pub(crate) use bind_all;

macro_rules! threshold {
    () => {
        "(select t.low_stock_threshold from tenants t where t.id = $1)"
    };
}
/// A statement as it grows: the values of `$1` (the tenant), `$2`, and so on.
pub(crate) struct Statement {
    engine: Engine,
    pub(crate) bound: Vec<Bound>,
}

/// One key of an order, as a column of the listed table.
#[derive(Clone, Copy)]
struct Key {
    column: &'static str,
    /// Whether it may be null; nulls are last in either order.
    nullable: bool,
    ascending: bool,
}

/// How the columns of a question's order are called, whether they may be null, and which way they go; what is exactly
/// what was searched for comes before everything else.
fn keys(query: &ProductQuery) -> Vec<Key> {
    let exact = Key { column: "exact", nullable: false, ascending: true };
    let exact = is_searched(query).then_some(exact);
    let sorted = query.keys().into_iter().map(|SortKey { sort, order }| {
        let (column, nullable) = column(sort);
        Key { column, nullable, ascending: order == SortOrder::Asc }
    });
    exact.into_iter().chain(sorted).collect()
}

fn column(sort: ProductSort) -> (&'static str, bool) {
    use ProductSort as S;
    match sort {
        S::UpdatedAt => ("updated_at", false),
        S::ProductName => ("title_key", false),
        S::SellerArticle => ("seller_article_key", false),
        S::CreatedAt => ("created_at", false),
        S::TotalStock => ("total_stock", true),
        S::TotalOrders => ("total_orders", true),
        S::Orders7 => ("orders_7", true),
        S::Orders28 => ("orders_28", true),
        S::Cover => ("cover_tenths", true),
        S::InWayToClient => ("in_way_to_client", true),
        S::InWayFromClient => ("in_way_from_client", true),
        S::AtRisk => ("at_risk_minor", true),
        S::OrderMinor => ("order_minor", true),
        S::DeadMinor => ("dead_minor", true),
        S::Revenue28 => ("revenue_28", true),
        S::LostMinor28 => ("lost_minor_28", true),
    }
}

/// Whether there is something to search for.
pub(crate) fn is_searched(query: &ProductQuery) -> bool {
    query.search.as_deref().is_some_and(|text| !fold(text).is_empty())
}

/// Whether a question leaves nothing out: its sums are those of the whole catalogue.
pub(crate) fn is_whole(query: &ProductQuery) -> bool {
    !is_searched(query)
        && query.min_stock.is_none()
        && query.max_stock.is_none()
        && !query.low_stock_only
        && query.filter.is_empty()
}

/// Which way a list is read from where.
#[derive(Clone, Copy)]
pub(crate) enum From<'c> {
    /// So many rows after the first.
    Row(i64),
    /// After a row.
    After(&'c Cursor),
    /// Before a row, backwards.
    Before(&'c Cursor),
}

const COLUMNS: &str = "p.id, p.account_id, a.marketplace, p.article, p.seller_article, p.title, p.brand, p.subject,
   p.photo_url, p.archived_at, p.total_stock, p.in_way_to_client, p.in_way_from_client, p.orders_7, p.orders_28,
   p.total_orders, p.days_in_stock_28, p.cover_tenths, p.created_at, p.updated_at, p.revenue_28, p.abc, p.xyz,
   p.order_units, f.stock_since, f.stock_as_of, f.orders_since, f.measured_at,
   exists (select 1 from product_tags g where g.tenant_id = $1 and g.product_id = p.id) as tagged,
   exists (select 1 from product_links k where k.tenant_id = $1 and k.product_id = p.id) as linked";

const BESIDE_IT: &str = "
   join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
   left join (select account_id,
       min(case when step in ('marketplace_stock', 'seller_stock') then first_as_of end) as stock_since,
       min(case when step in ('marketplace_stock', 'seller_stock') then as_of end) as stock_as_of,
       min(case when step = 'orders' then first_as_of end) as orders_since,
       min(case when step = 'measures' then as_of end) as measured_at
     from freshness where tenant_id = $1 group by account_id) f on f.account_id = p.account_id";

/// The sums of the whole catalogue, if they are counted.
const COUNTED: &str = "(
   select case when count(*) = count(c.counted_at) then cast(sum(c.products) as bigint) end as counted,
     cast(sum(c.total_stock) as bigint) as sum_stock, cast(sum(c.in_way_to_client) as bigint) as sum_to_client,
     cast(sum(c.in_way_from_client) as bigint) as sum_from_client, cast(sum(c.orders_7) as bigint) as sum_orders_7,
     cast(sum(c.orders_28) as bigint) as sum_orders_28
   from accounts a left join catalogue_totals c on c.tenant_id = a.tenant_id and c.account_id = a.id
   where a.tenant_id = $1) t";

/// The sums of what a search found.
const FOUND: &str = "(
   select count(*) as counted, cast(sum(total_stock) as bigint) as sum_stock,
     cast(sum(in_way_to_client) as bigint) as sum_to_client,
     cast(sum(in_way_from_client) as bigint) as sum_from_client, cast(sum(orders_7) as bigint) as sum_orders_7,
     cast(sum(orders_28) as bigint) as sum_orders_28
   from found) t";

/// They are asked for apart.
const NOT_COUNTED: &str = "(
   select cast(null as bigint) as counted, cast(null as bigint) as sum_stock, cast(null as bigint) as sum_to_client,
     cast(null as bigint) as sum_from_client, cast(null as bigint) as sum_orders_7, cast(null as bigint) as sum_orders_28) t";

const SUMS: &str = "count(*) as total, cast(sum(p.total_stock) as bigint) as total_stock,
   cast(sum(p.in_way_to_client) as bigint) as in_way_to_client,
   cast(sum(p.in_way_from_client) as bigint) as in_way_from_client,
   cast(sum(p.orders_7) as bigint) as orders_7, cast(sum(p.orders_28) as bigint) as orders_28";

impl Statement {
    /// Of a tenant: `$1`.
    pub(crate) fn new(tenant: Uuid, engine: Engine) -> Self {
        Self { engine, bound: vec![Bound::Id(tenant)] }
    }

    /// The place of a value in the text.
    pub(crate) fn hold(&mut self, value: Bound) -> String {
        self.bound.push(value);
        format!("${}", self.bound.len())
    }

    pub(crate) fn hold_all(&mut self, values: impl Iterator<Item = Bound>) -> String {
        values.map(|value| self.hold(value)).collect::<Vec<_>>().join(", ")
    }

    /// One product, archived or not.
    pub(crate) fn one(&mut self, id: Uuid) -> String {
        let id = self.hold(Bound::Id(id));
        format!(
            "select {COLUMNS} from products p {BESIDE_IT} where p.tenant_id = $1 and p.id = {id}"
        )
    }

    /// How many there are, and their sums.
    pub(crate) fn totals(&mut self, query: &ProductQuery) -> String {
        let conditions = self.conditions(query);
        format!("select {SUMS} from products p where p.tenant_id = $1 and {conditions}")
    }

    /// The rows of a page (backwards when they are read back), at most so many, each with the sums of the filter where they
    /// are at hand.
    pub(crate) fn page(
        &mut self,
        query: &ProductQuery,
        from: From<'_>,
        limit: i64,
    ) -> String {
        let keys = keys(query);
        let backward = matches!(from, From::Before(_));
        let limit = self.hold(Bound::Number(limit));
        let offset = match from {
            From::Row(first) => self.hold(Bound::Number(first)),
            From::After(_) | From::Before(_) => "0".to_owned(),
        };
        let cursor = match from {
            From::Row(_) => None,
            From::After(cursor) | From::Before(cursor) => Some(cursor),
        };
        let (ctes, totals) = if is_searched(query) {
            (self.found(query, &keys, cursor, backward, &limit, &offset), FOUND)
        } else {
            let page = self.walked(query, &keys, cursor, backward, &limit, &offset);
            (format!("with page as ({page})"), if is_whole(query) { COUNTED } else { NOT_COUNTED })
        };
        let exact = if is_searched(query) { "page.exact" } else { "1" };
        let order = order("page", &keys, backward, false);
        format!(
            "{ctes}
             select {COLUMNS}, p.title_key, p.seller_article_key, p.at_risk_minor, p.order_minor, p.dead_minor,
               p.lost_minor_28, cast({exact} as bigint) as exact, t.counted, t.sum_stock, t.sum_to_client,
               t.sum_from_client, t.sum_orders_7, t.sum_orders_28
             from page join products p on p.tenant_id = $1 and p.id = page.id {BESIDE_IT} cross join {totals}
             order by {order}"
        )
    }

    /// The page's ids along an index of the first key: the known ones, then (where it may be null) the unknown, each a
    /// walk of its own, because one index holds both in one direction only.
    fn walked(
        &mut self,
        query: &ProductQuery,
        keys: &[Key],
        cursor: Option<&Cursor>,
        backward: bool,
        limit: &str,
        offset: &str,
    ) -> String {
        let conditions = self.conditions(query);
        let columns: String = keys.iter().map(|key| format!(", p.{}", key.column)).collect();
        let first_is_null = cursor.is_some_and(|c| c.values.first() == Some(&Value::Null));
        let Some(first) = keys.first() else { return String::new() };
        // A piece that begins before the page's own rows is skipped by the page, not by each piece.
        let piece = |this: &mut Self, null: bool, beyond: bool| {
            let mut keys = keys.to_vec();
            let of_nulls = match (first.nullable, null) {
                (false, _) => String::new(),
                (true, false) => format!(" and p.{} is not null", first.column),
                (true, true) => format!(" and p.{} is null", first.column),
            };
            if let Some(known) = keys.first_mut() {
                known.nullable = false;
            }
            let after = match cursor.filter(|_| beyond) {
                None => String::new(),
                Some(cursor) if null => {
                    let rest = this.beyond(
                        keys.get(1..).unwrap_or_default(),
                        cursor.values.get(1..).unwrap_or_default(),
                        first,
                        cursor.id,
                        backward,
                        "p",
                    );
                    format!(" and {rest}")
                }
                Some(cursor) => {
                    let rest = this.beyond(&keys, &cursor.values, first, cursor.id, backward, "p");
                    format!(" and {rest}")
                }
            };
            let order = order("p", &keys, backward, null);
            format!(
                "select p.id{columns} from products p
                 where p.tenant_id = $1 and {conditions}{of_nulls}{after}
                 order by {order} limit {limit} + {offset}"
            )
        };
        let pieces: Vec<String> = match (first.nullable, backward, first_is_null) {
            (false, ..) => vec![piece(self, false, true)],
            (true, false, false) => vec![piece(self, false, true), piece(self, true, false)],
            (true, false, true) => vec![piece(self, true, true)],
            (true, true, false) => vec![piece(self, false, true)],
            (true, true, true) => vec![piece(self, true, true), piece(self, false, false)],
        };
        let pieces: Vec<String> = pieces
            .iter()
            .enumerate()
            .map(|(at, piece)| format!("select * from ({piece}) p{at}"))
            .collect();
        format!("{} limit {limit} offset {offset}", pieces.join(" union all "))
    }

    /// All that a search found, once: for its page and for its sums.
    fn found(
        &mut self,
        query: &ProductQuery,
        keys: &[Key],
        cursor: Option<&Cursor>,
        backward: bool,
        limit: &str,
        offset: &str,
    ) -> String {
        let conditions = self.conditions(query);
        let exact = self.exact(query);
        let mut columns =
            vec!["total_stock", "in_way_to_client", "in_way_from_client", "orders_7", "orders_28"];
        for key in keys.iter().filter(|key| key.column != "exact") {
            if !columns.contains(&key.column) {
                columns.push(key.column);
            }
        }
        let columns: String = columns.iter().map(|column| format!(", p.{column}")).collect();
        let after = match (cursor, keys.first()) {
            (Some(cursor), Some(first)) => {
                let mut values = vec![Value::Number(cursor.exact.unwrap_or(1))];
                values.extend(cursor.values.iter().cloned());
                let beyond = self.beyond(keys, &values, first, cursor.id, backward, "n");
                format!("where {beyond}")
            }
            _ => String::new(),
        };
        let order = order("n", keys, backward, false);
        format!(
            "with found as materialized (
               select p.id, {exact} as exact{columns} from products p where p.tenant_id = $1 and {conditions}),
             page as (select n.* from found n {after} order by {order} limit {limit} offset {offset})"
        )
    }

    /// 0 for what is exactly what was searched for: the seller's article, the marketplace's, or a barcode.
    fn exact(&mut self, query: &ProductQuery) -> String {
        let typed = fold(query.search.as_deref().unwrap_or_default());
        let article = self.hold(Bound::Text(typed.clone()));
        let mut same = format!("p.seller_article_key = {article}");
        if let Ok(number) = typed.parse::<i64>() {
            let number = self.hold(Bound::Number(number));
            same = format!("{same} or p.article = {number}");
        }
        if typed.len() >= BARCODE && typed.bytes().all(|digit| digit.is_ascii_digit()) {
            let whole = self.hold(Bound::Text(format!("% {typed} %")));
            same = format!("{same} or ' ' || p.search_text || ' ' like {whole}");
        }
        format!("case when {same} then 0 else 1 end")
    }

    /// Whether a row comes after the one that had these values (backwards: before it).
    fn beyond(
        &mut self,
        keys: &[Key],
        values: &[Value],
        first: &Key,
        id: Uuid,
        backward: bool,
        table: &str,
    ) -> String {
        let sign = |ascending: bool| if ascending == backward { "<" } else { ">" };
        let (Some(key), Some(value)) = (keys.first(), values.first()) else {
            let id = self.hold(Bound::Id(id));
            return format!("{table}.id {} {id}", sign(first.ascending));
        };
        let column = format!("{table}.{}", key.column);
        let value = match value {
            Value::Null => {
                let rest = self.beyond(rest(keys), rest(values), first, id, backward, table);
                return if backward {
                    format!("({column} is not null or ({column} is null and {rest}))")
                } else {
                    format!("({column} is null and {rest})")
                };
            }
            Value::Number(number) => self.hold(Bound::Number(*number)),
            Value::Moment(moment) => self.hold(Bound::Moment(*moment)),
            Value::Text(text) => self.hold(Bound::Text(text.clone())),
        };
        let sign = sign(key.ascending);
        if keys.len() == 1 && key.ascending == first.ascending && !key.nullable {
            let id = self.hold(Bound::Id(id));
            return format!("({column}, {table}.id) {sign} ({value}, {id})");
        }
        let rest = self.beyond(rest(keys), rest(values), first, id, backward, table);
        if key.nullable && !backward {
            format!(
                "({column} {sign} {value} or {column} is null or ({column} = {value} and {rest}))"
            )
        } else {
            // The first half alone is what an index can begin at.
            format!("({column} {sign}= {value} and ({column} <> {value} or {rest}))")
        }
    }

    /// What of the products is asked for: the text after `where p.tenant_id = $1 and`.
    pub(crate) fn conditions(&mut self, query: &ProductQuery) -> String {
        let filter = &query.filter;
        let mut all: Vec<String> = Vec::new();
        let mut fixed = |wanted: bool, text: &str| {
            if wanted {
                all.push(text.to_owned());
            }
        };
        fixed(!filter.archived, "p.archived_at is null");
        fixed(filter.archived, "p.archived_at is not null");
        fixed(query.low_stock_only, concat!("p.total_stock < ", threshold!()));
        fixed(filter.stock == Some(StockState::Out), "p.total_stock <= 0");
        fixed(
            filter.stock == Some(StockState::Low),
            concat!("p.total_stock > 0 and p.total_stock < ", threshold!()),
        );
        fixed(filter.stock == Some(StockState::Has), "p.total_stock > 0");
        fixed(filter.dead, "p.dead_units > 0");
        fixed(filter.risk, "p.at_risk_units > 0");
        fixed(filter.to_order, "p.order_units > 0");
        fixed(filter.lost, "p.lost_units_28 > 0");
        fixed(
            filter.linked,
            "p.id in (select k.product_id from product_links k where k.tenant_id = $1)",
        );
        if is_searched(query) {
            all.push(self.searched(query.search.as_deref().unwrap_or_default()));
        }
        if let Some(least) = query.min_stock {
            let least = self.hold(Bound::Number(least));
            all.push(format!("p.total_stock >= {least}"));
        }
        if let Some(most) = query.max_stock {
            let most = self.hold(Bound::Number(most));
            all.push(format!("p.total_stock <= {most}"));
        }
        if let Some(days) = filter.cover_from {
            let tenths = self.hold(Bound::Number(days.saturating_mul(10)));
            let infinite = self.hold(Bound::Number(INFINITE_COVER));
            all.push(format!("p.cover_tenths >= {tenths} and p.cover_tenths < {infinite}"));
        }
        if let Some(days) = filter.cover_to {
            let tenths = self.hold(Bound::Number(days.saturating_mul(10)));
            all.push(format!("p.cover_tenths > 0 and p.cover_tenths < {tenths}"));
        }
        if !filter.grade.is_empty() {
            let grades: Vec<String> =
                filter.grade.iter().map(|grade| self.graded(*grade)).collect();
            all.push(format!("({})", grades.join(" or ")));
        }
        self.any_of(&mut all, "p.account_id", filter.account.iter().map(|id| Bound::Id(id.0)));
        self.any_of(&mut all, "p.brand", filter.brand.iter().cloned().map(Bound::Text));
        self.any_of(&mut all, "p.subject", filter.subject.iter().cloned().map(Bound::Text));
        let letter = |text: &str| Bound::Text(text.to_owned());
        self.any_of(&mut all, "p.abc", filter.abc.iter().map(|class| letter(class.as_str())));
        self.any_of(&mut all, "p.xyz", filter.xyz.iter().map(|class| letter(class.as_str())));
        if !filter.warehouse.is_empty() {
            let places = self.hold_all(filter.warehouse.iter().map(|id| Bound::Id(id.0)));
            let (pieces, sold) = if filter.warehouse_out {
                ("l.quantity <= 0", " and p.orders_28 > 0")
            } else {
                ("l.quantity > 0", "")
            };
            all.push(format!(
                "exists (select 1 from stock_levels l where l.tenant_id = $1 and l.product_id = p.id
                   and l.warehouse_id in ({places}) and {pieces}){sold}"
            ));
        }
        if !filter.tag.is_empty() {
            let tags = self.hold_all(filter.tag.iter().map(|id| Bound::Id(id.0)));
            all.push(format!(
                "p.id in (select g.product_id from product_tags g where g.tenant_id = $1 and g.tag_id in ({tags}))"
            ));
        }
        all.join(" and ")
    }

    fn any_of(
        &mut self,
        all: &mut Vec<String>,
        column: &str,
        values: impl ExactSizeIterator<Item = Bound>,
    ) {
        if values.len() > 0 {
            let values = self.hold_all(values);
            all.push(format!("{column} in ({values})"));
        }
    }

    /// As `planning::grade` grades.
    fn graded(&mut self, grade: Grade) -> String {
        const SOLD: &str = "coalesce(p.orders_28, 1) <> 0";
        let infinite = self.hold(Bound::Number(INFINITE_COVER));
        match grade {
            Grade::Deficit => {
                format!("(p.cover_tenths < 280 and p.cover_tenths < {infinite} and {SOLD})")
            }
            Grade::Popular => format!(
                "(p.cover_tenths >= 280 and p.cover_tenths < 560 and p.cover_tenths < {infinite} and {SOLD})"
            ),
            Grade::Actual => format!(
                "(p.cover_tenths >= 560 and p.cover_tenths <= 1200 and p.cover_tenths < {infinite} and {SOLD})"
            ),
            Grade::Surplus => {
                format!("(p.cover_tenths > 1200 and p.cover_tenths < {infinite} and {SOLD})")
            }
            Grade::NoSales => format!(
                "(p.cover_tenths >= {infinite} or (p.cover_tenths is not null and p.orders_28 = 0))"
            ),
        }
    }

    /// That the words of one of the spellings occur: the index narrows it down, the text itself decides.
    fn searched(&mut self, typed: &str) -> String {
        let spellings = search::spellings(typed);
        let narrowed = spellings
            .iter()
            .all(|words| words.iter().any(|word| word.chars().count() >= TRIGRAM))
            .then(|| self.narrowed(&spellings));
        // Nothing is held that the text does not name: a statement is known by its text, and each time has as many values.
        match narrowed {
            Some(narrowed) if self.engine == Engine::Postgres => narrowed,
            Some(narrowed) => format!("{narrowed} and {}", self.likeness(&spellings)),
            None => self.likeness(&spellings),
        }
    }

    /// That the text has all words of one of the spellings.
    fn likeness(&mut self, spellings: &[Vec<String>]) -> String {
        let same: Vec<String> = spellings
            .iter()
            .map(|words| {
                let words: Vec<String> = words
                    .iter()
                    .map(|word| {
                        let pattern = self.hold(Bound::Text(pattern(word)));
                        format!("p.search_text like {pattern} escape '\\'")
                    })
                    .collect();
                format!("({})", words.join(" and "))
            })
            .collect();
        format!("({})", same.join(" or "))
    }

    fn narrowed(&mut self, spellings: &[Vec<String>]) -> String {
        match self.engine {
            Engine::Sqlite => {
                let any: Vec<String> = spellings.iter().map(|words| trigrams(words)).collect();
                let question = self.hold(Bound::Text(any.join(" OR ")));
                format!(
                    "p.rowid in (select s.rowid from products_fts s where s.products_fts match {question})"
                )
            }
            Engine::Postgres => {
                let any: Vec<String> = spellings
                    .iter()
                    .map(|words| {
                        let patterns = (0..search::WORDS).map(|at| {
                            Bound::Text(
                                words.get(at).map_or_else(|| "%".to_owned(), |w| pattern(w)),
                            )
                        });
                        let patterns = self.hold_all(patterns);
                        format!("select search.products({patterns})")
                    })
                    .collect();
                format!("p.id in ({})", any.join(" union "))
            }
        }
    }
}

/// Letters of a piece of text that the indexes know.
const TRIGRAM: usize = 3;

/// Digits of a barcode, at least: fewer may be a number in a title.
const BARCODE: usize = 8;

fn rest<T>(all: &[T]) -> &[T] {
    all.get(1..).unwrap_or_default()
}

/// The order of a page; `skip_first`: the first key is the same in all rows.
fn order(table: &str, keys: &[Key], backward: bool, skip_first: bool) -> String {
    let mut terms: Vec<String> = Vec::new();
    let direction = |ascending: bool| if ascending == backward { "desc" } else { "asc" };
    for key in keys.iter().skip(usize::from(skip_first)) {
        if key.nullable {
            let nulls = if backward { " desc" } else { "" };
            terms.push(format!("{table}.{} is null{nulls}", key.column));
        }
        terms.push(format!("{table}.{} {}", key.column, direction(key.ascending)));
    }
    let ascending = keys.first().is_none_or(|key| key.ascending);
    terms.push(format!("{table}.id {}", direction(ascending)));
    terms.join(", ")
}

/// A LIKE pattern of text that holds a word.
fn pattern(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// All pieces of three letters of the words, as FTS5 asks for them.
fn trigrams(words: &[String]) -> String {
    let mut pieces: Vec<String> = Vec::new();
    for word in words {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.windows(TRIGRAM) {
            let piece: String = piece.iter().collect();
            let piece = format!("\"{}\"", piece.replace('"', "\"\""));
            if !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
    }
    format!("({})", pieces.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_named_by_the_text() {
        for engine in [Engine::Postgres, Engine::Sqlite] {
            for typed in ["кружка", "кружка белая большая", "%' or '%'='", "ab", "MUG-350"]
            {
                let query =
                    ProductQuery { search: Some(typed.to_owned()), ..ProductQuery::default() };
                let mut statement = Statement::new(Uuid::nil(), engine);
                let text = statement.page(&query, From::Row(0), 51);
                for number in 1..=statement.bound.len() {
                    assert!(text.contains(&format!("${number}")), "{engine:?} {typed}: {number}");
                }
            }
        }
    }

    #[test]
    fn wildcards_are_letters_and_quotes_are_doubled() {
        assert_eq!(pattern("100%_"), "%100\\%\\_%");
        assert_eq!(trigrams(&["a\"bc".into(), "xy".into()]), "(\"a\"\"b\" AND \"\"\"bc\")");
    }

    #[test]
    fn only_what_is_asked_is_in_the_text() {
        let mut plain = Statement::new(Uuid::nil(), Engine::Sqlite);
        assert_eq!(plain.conditions(&ProductQuery::default()), "p.archived_at is null");
        assert_eq!(plain.bound.len(), 1);
        let query = ProductQuery { min_stock: Some(3), ..ProductQuery::default() };
        let mut some = Statement::new(Uuid::nil(), Engine::Sqlite);
        assert_eq!(some.conditions(&query), "p.archived_at is null and p.total_stock >= $2");
    }

    #[test]
    fn no_value_is_ever_in_the_text() {
        let nasty = "x' or 1=1 --";
        let mut query = ProductQuery { search: Some(nasty.into()), ..ProductQuery::default() };
        query.filter.brand = vec![nasty.into()];
        query.filter.subject = vec![nasty.into()];
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let mut statement = Statement::new(Uuid::nil(), engine);
            let text = statement.page(&query, From::Row(0), 51);
            assert!(!text.contains("1=1"), "{text}");
        }
    }
}
