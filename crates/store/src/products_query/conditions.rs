//! What narrows a list, as conditions of its statement: only those that a question has.

use super::{Bound, Statement, is_searched};
use crate::measures::INFINITE_COVER;
use domain::{
    catalogue::{Changed, StockState},
    demand::Grade,
    product::ProductQuery,
};

macro_rules! threshold {
    () => {
        "(select t.low_stock_threshold from tenants t where t.id = $1)"
    };
}
/// Since when the last counting of the product's shop looked.
macro_rules! since {
    () => {
        "(select m.since from shop_measures m where m.tenant_id = $1 and m.account_id = p.account_id)"
    };
}

/// As the morning counts it.
const fn changed_so(changed: Changed) -> &'static str {
    match changed {
        Changed::RanOut => "p.total_stock <= 0 and p.stock_yesterday > 0",
        Changed::CameBack => "p.total_stock > 0 and p.stock_yesterday <= 0",
        Changed::New => concat!("p.created_at > ", since!()),
        Changed::Gone => concat!("p.archived_at > ", since!()),
        // Whatever was priced anew lately, then those of them that are not new prices of new sizes.
        Changed::Repriced => {
            "p.id in (select c.product_id from price_changes c
               where c.tenant_id = $1
                 and c.valid_from > (select min(m.since) from shop_measures m where m.tenant_id = $1)
                 and exists (select 1 from price_changes e where e.tenant_id = $1 and e.product_id = c.product_id
                   and e.offer_id = c.offer_id and e.valid_from < c.valid_from)
                 and c.valid_from > (select m.since from shop_measures m join products q
                   on q.tenant_id = m.tenant_id and q.account_id = m.account_id
                   where m.tenant_id = $1 and q.id = c.product_id))"
        }
        Changed::Returned => {
            "p.id in (select s.product_id from daily_sales s where s.tenant_id = $1 and s.returned > 0
               and s.day = (select max(d.day) from shop_days d where d.tenant_id = $1))"
        }
    }
}

impl Statement {
    /// What of the products is asked for: the text after `where p.tenant_id = $1 and`.
    pub(crate) fn conditions(&mut self, query: &ProductQuery) -> String {
        let filter = &query.filter;
        let mut all: Vec<String> = Vec::new();
        let mut fixed = |wanted: bool, text: &str| {
            if wanted {
                all.push(text.to_owned());
            }
        };
        let gone = filter.archived || filter.changed == Some(Changed::Gone);
        fixed(!gone, "p.archived_at is null");
        fixed(gone, "p.archived_at is not null");
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
        if let Some(changed) = filter.changed {
            fixed(true, changed_so(changed));
        }
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
}
