//! Our own few icons: 20 by 20, lines of 1.6, coloured by the text around them. Never alone without a
//! word beside them or a label on their control.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Shelves.
    Products,
    /// Two arrows in a ring.
    Sync,
    /// Sliders.
    Settings,
    /// A magnifying glass.
    Search,
    /// A clock: old data.
    Clock,
    /// A triangle.
    Warning,
    /// A ring with a stroke.
    Wrong,
    /// A tick.
    Done,
    /// Two sheets.
    Copy,
    /// A door with an arrow.
    Leave,
    /// Arrow to the left.
    Left,
    /// Arrow to the right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// A cross.
    Close,
    /// A key.
    Key,
    /// A ring with an i.
    Info,
    /// A sheet with lines.
    Log,
    /// Two arrows past each other.
    Swap,
    /// A sun over the horizon: the morning.
    Today,
    /// A gabled house with a gate.
    Warehouses,
    /// Bars on a line.
    Analytics,
    /// A receipt.
    Orders,
    /// Three dots.
    More,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Products => "M3 4v13M17 4v13M3 9.5h14M3 16h14M6 9.5V5h4v4.5M9.5 16v-3.5H14V16",
            Self::Sync => {
                "M16.5 8A7 7 0 0 0 4 6.2L3 8M3 4.2V8h3.8M3.5 12A7 7 0 0 0 16 13.8l1-1.8M17 15.8V12h-3.8"
            }
            Self::Settings => "M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4",
            Self::Search => "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12ZM13.5 13.5 17 17",
            Self::Clock => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6v4.3l2.8 1.7",
            Self::Warning => "M10 3 2.5 16.5h15L10 3ZM10 8v4M10 14.2v.1",
            Self::Wrong => {
                "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM7.3 7.3l5.4 5.4M12.7 7.3l-5.4 5.4"
            }
            Self::Done => "M4 10.5 8.2 15 16 5.5",
            Self::Close => "M5.5 5.5l9 9M14.5 5.5l-9 9",
            Self::Copy => "M7 7V3.5h9.5V13H13M3.5 7H13v9.5H3.5Z",
            Self::Leave => "M8 3.5H3.5v13H8M8.5 10H17M13.5 6.5 17 10l-3.5 3.5",
            Self::Left => "M12 4.5 6.5 10l5.5 5.5",
            Self::Right => "M8 4.5 13.5 10 8 15.5",
            Self::Up => "M10 16V4.5M5 9l5-5 5 5",
            Self::Down => "M10 4v11.5M5 11l5 5 5-5",
            Self::Info => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 9.2v4.6M10 6.3v.1",
            Self::Today => {
                "M3 16.5h14M6 13a4 4 0 0 1 8 0M10 3.5v2M3.5 13H2M18 13h-1.5M4.6 7.6l1.2 1.2M15.4 7.6l-1.2 1.2"
            }
            Self::Warehouses => "M2.5 17V8L10 3.5 17.5 8v9M6 17v-6.5h8V17M6 13.5h8",
            Self::Analytics => "M3 17h14M5.5 17v-5M10 17V5M14.5 17V9",
            Self::Orders => {
                "M5 2.5v15l1.7-1.2 1.6 1.2 1.7-1.2 1.7 1.2 1.6-1.2 1.7 1.2v-15ZM8 6.5h4M8 10h4"
            }
            Self::More => "M4.5 10v.1M10 10v.1M15.5 10v.1",
            Self::Swap => "M4 7h12M13 4l3 3-3 3M16 13H4M7 10l-3 3 3 3",
            Self::Log => "M5 2.5h10v15H5ZM8 6.5h4M8 10h4M8 13.5h2",
            Self::Key => "M7 16a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM9.5 10 16 3.5M13 6.5l2.5 2.5",
        }
    }

    /// Draws it, hidden from screen readers.
    pub fn draw(self) -> AnyView {
        view! {
            <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                <path d=self.path() />
            </svg>
        }
        .into_any()
    }
}
