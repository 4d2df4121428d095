//! What it is, and its state in one sentence.

use crate::{
    components::{copyable::Copyable, cover, photo::Photo},
    pages::products::measures::{Measures, sentence, when_to_order},
    state::{use_now, use_text},
};
use chrono::{DateTime, Utc};
use domain::{Marketplace, product::ProductDetail};
use leptos::prelude::*;
use leptos_meta::Title;

/// The head of the page.
#[component]
pub fn Head(
    /// Whose.
    product: ProductDetail,
    /// Days from an order to its being for sale.
    lead: Option<i64>,
    /// As of when; `None`: now.
    at: Option<DateTime<Utc>>,
) -> impl IntoView {
    let (text, now) = (use_text(), use_now());
    let summary = product.summary.clone();
    let title = summary.product_name.clone();
    let (name, page) = match summary.marketplace {
        Marketplace::Wildberries => ("WB", None),
        // The page of a product is that of its only size.
        Marketplace::Ozon => {
            ("Ozon", product.offers.first().map(|offer| offer.marketplace_offer.clone()))
        }
    };
    let page = page.map(|sku| {
        let href = format!("https://www.ozon.ru/product/{sku}/");
        view! {
            <a class="code" href=href target="_blank" rel="noopener noreferrer">
                {(text.comparison().open)("Ozon")}
            </a>
        }
    });
    let marketplace = (text.product().marketplace_article)(name);
    let seen = at.unwrap_or_else(|| now.get_untracked());
    let state = sentence(text, &product, seen);
    let advice = lead.filter(|_| at.is_none() && product.archived_at.is_none());
    let advice = advice.and_then(|lead| when_to_order(text, summary.cover, lead, seen));
    let tone = cover::tone(summary.cover);
    let kind = [summary.brand, summary.subject].into_iter().flatten().collect::<Vec<_>>();
    let gone = product.archived_at.map(|at| (text.product().archived)(&text.date(at)));
    view! {
        <Title text=title.clone() />
        <header class="product-head">
            <Photo url=summary.photo_url title=title.clone() article=summary.marketplace_article.clone() />
            <div class="product-words">
                <p class="product-kind">{kind.join(" · ")}</p>
                <h1>{title}</h1>
                <p class="product-codes">
                    <span class="code">
                        <span class="sub">{text.product().seller_article}</span>
                        <Copyable label=text.product().seller_article.to_owned() code=summary.seller_article />
                    </span>
                    <span class="code">
                        <span class="sub">{marketplace.clone()}</span>
                        <Copyable label=marketplace code=summary.marketplace_article />
                    </span>
                    {page}
                </p>
            </div>
        </header>
        <p class=format!("state {tone}")>
            <span class="state-mark" aria-hidden="true"></span>
            <span>
                {gone.unwrap_or(state)} {advice.map(|words| view! { <span class="state-advice">" "{words}</span> })}
            </span>
        </p>
        <Measures product=product />
    }
    .into_any()
}
