//! ABC by XYZ: nine cells and what is not known, each the address of its products.

use crate::{state::use_text, text::number};
use domain::today::{Abc, ClassCell, Xyz};
use leptos::prelude::*;

/// The matrix.
#[component]
pub fn Classes(
    /// Its cells.
    cells: Vec<ClassCell>,
    /// The currency of revenue.
    currency: String,
) -> impl IntoView {
    let text = use_text();
    let words = &text.today().analytics;
    let whole: i64 = cells.iter().map(|cell| cell.revenue_minor).sum();
    let columns = || Xyz::ALL.into_iter().map(Some).chain([None]);
    let heads = columns().map(|xyz| {
        let (letter, name) = match xyz {
            Some(xyz) => (xyz.as_str(), words.xyz_names[xyz as usize]),
            None => ("—", words.no_xyz),
        };
        view! {
            <th scope="col" class="num">
                {letter} <span class="sub">{name}</span>
            </th>
        }
    });
    let rows = Abc::ALL.into_iter().map(|abc| {
        let row = columns().map(|xyz| {
            let cell = cells.iter().find(|cell| cell.abc == Some(abc) && cell.xyz == xyz).copied();
            view! { <Cell abc=abc xyz=xyz cell=cell whole=whole currency=currency.clone() /> }
        });
        view! {
            <tr>
                <th scope="row">
                    {abc.as_str()} <span class="sub">{words.abc_names[abc as usize]}</span>
                </th>
                {row.collect_view()}
            </tr>
        }
    });
    view! {
        <section aria-labelledby="classes">
            <h2 id="classes">{words.classes}</h2>
            <p class="today-lead">{words.classes_lead}</p>
            <table class="classes">
                <thead>
                    <tr>
                        <td></td>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <details class="today-how">
                <summary>{text.today().how}</summary>
                <div>
                    <p>{words.how_abc}</p>
                    <p>{words.how_xyz}</p>
                </div>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn Cell(
    abc: Abc,
    xyz: Option<Xyz>,
    cell: Option<ClassCell>,
    whole: i64,
    currency: String,
) -> impl IntoView {
    let text = use_text();
    let Some(cell) = cell.filter(|cell| cell.products > 0) else {
        return view! { <td class="num"><span class="zero">"0"</span></td> }.into_any();
    };
    let share = match whole {
        ..=0 => 0,
        whole => {
            i64::try_from(i128::from(cell.revenue_minor) * 100 / i128::from(whole)).unwrap_or(0)
        }
    };
    let count = text.int(cell.products);
    let products = format!("{count} {}", (text.today().products)(cell.products));
    let money = number::money(text.locale, cell.revenue_minor, &currency);
    let part = format!("{share}\u{a0}% {}", text.today().analytics.by_revenue);
    let percent = match share {
        0 if cell.revenue_minor > 0 => "<\u{a0}1\u{a0}%".to_owned(),
        share => format!("{share}\u{a0}%"),
    };
    let letters = format!("{}{}", abc.as_str(), xyz.map_or("", Xyz::as_str));
    let inner = view! {
        <b class="num">{count.clone()}</b>
        <span class="sub">{percent}</span>
    };
    // The darker, the more of the revenue it is.
    let weight = format!("--weight:{share}%");
    match xyz {
        Some(xyz) => {
            let href =
                format!("/products?abc={}&xyz={}&sort=-revenue_28", abc.as_str(), xyz.as_str());
            let label = format!("{letters}: {products}, {money}, {part}");
            view! {
                <td class="num" style=weight>
                    <a href=href aria-label=label title=money>{inner}</a>
                </td>
            }
            .into_any()
        }
        // What is not known has no list of its own.
        None => view! {
            <td class="num" style=weight title=money>
                <span class="classes-cell">{inner}</span>
            </td>
        }
        .into_any(),
    }
}
