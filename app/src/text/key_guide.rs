//! Where in a marketplace's cabinet a key is made, and what each of its permissions is for: both languages.

use domain::Marketplace;

/// A permission as the cabinet's form names it.
pub struct Needed {
    /// Its word there.
    pub name: &'static str,
    /// What it brings.
    pub brings: &'static str,
    /// Where it is ticked.
    pub place: &'static str,
}

/// The guide of one marketplace.
pub struct Guide {
    pub steps: &'static [&'static str],
    pub permissions: &'static [Needed],
    pub note: &'static str,
}

/// The guides.
pub struct KeyGuide {
    pub title: &'static str,
    pub needed: &'static str,
    pub permission: &'static str,
    pub brings: &'static str,
    pub place: &'static str,
    wildberries: Guide,
    ozon: Guide,
}

impl KeyGuide {
    /// That of a marketplace.
    pub const fn of(&self, marketplace: Marketplace) -> &Guide {
        match marketplace {
            Marketplace::Wildberries => &self.wildberries,
            Marketplace::Ozon => &self.ozon,
        }
    }
}

/// English. What stands in a cabinet stands there in Russian, and is quoted so.
pub static EN: KeyGuide = KeyGuide {
    title: "Where to get a key",
    needed: "What the key must open",
    permission: "Permission",
    brings: "What it brings",
    place: "Where to tick it",
    wildberries: Guide {
        steps: &[
            "In seller.wildberries.ru open your name at the top right, then «Настройки», then «Доступ к API».",
            "Press «Создать новый токен» and name it, for example Stock Tracker.",
            "Tick «Только на чтение»: nothing else is needed.",
            "Tick the five categories below.",
            "Press «Создать токен», copy it at once (it is shown a single time) and paste it here.",
        ],
        permissions: &[
            Needed {
                name: "Контент",
                brings: "cards, photos, barcodes",
                place: "«Категории» → «Контент»",
            },
            Needed {
                name: "Аналитика",
                brings: "stock at Wildberries' warehouses",
                place: "«Категории» → «Аналитика»",
            },
            Needed {
                name: "Цены и скидки",
                brings: "prices",
                place: "«Категории» → «Цены и скидки»",
            },
            Needed {
                name: "Маркетплейс",
                brings: "stock at your own warehouses",
                place: "«Категории» → «Маркетплейс»",
            },
            Needed {
                name: "Статистика",
                brings: "orders and sales: without them there is no cover",
                place: "«Категории» → «Статистика»",
            },
        ],
        note: "A token lives for 180 days. Two weeks before its end we warn you.",
    },
    ozon: Guide {
        steps: &[
            "In seller.ozon.ru open «Настройки» (the company's name at the top right), then «API-ключи».",
            "The number at the top of that page is your Client ID: paste it into the first field.",
            "Under «Seller API» press «Сгенерировать ключ», name it and choose the type below.",
            "Copy the key at once (it is shown a single time) and paste it into the second field.",
        ],
        permissions: &[Needed {
            name: "Admin read only",
            brings: "cards, stock at both kinds of warehouse, orders, returns, prices; it can change nothing",
            place: "«Сгенерировать ключ» → «Тип токена»",
        }],
        note: "A key lives for six months. Two weeks before its end we warn you.",
    },
};

/// Русский.
pub static RU: KeyGuide = KeyGuide {
    title: "Где взять ключ",
    needed: "Что должен открывать ключ",
    permission: "Разрешение",
    brings: "Что оно даёт",
    place: "Где отметить",
    wildberries: Guide {
        steps: &[
            "В кабинете seller.wildberries.ru нажмите на своё имя справа вверху, затем «Настройки» и «Доступ к API».",
            "Нажмите «Создать новый токен» и назовите его, например Stock Tracker.",
            "Отметьте «Только на чтение»: большего не нужно.",
            "Отметьте пять категорий из таблицы ниже.",
            "Нажмите «Создать токен», сразу скопируйте его — он показывается один раз — и вставьте сюда.",
        ],
        permissions: &[
            Needed {
                name: "Контент",
                brings: "карточки, фото, штрихкоды",
                place: "«Категории» → «Контент»",
            },
            Needed {
                name: "Аналитика",
                brings: "остатки на складах Wildberries",
                place: "«Категории» → «Аналитика»",
            },
            Needed {
                name: "Цены и скидки",
                brings: "цены",
                place: "«Категории» → «Цены и скидки»",
            },
            Needed {
                name: "Маркетплейс",
                brings: "остатки на ваших складах",
                place: "«Категории» → «Маркетплейс»",
            },
            Needed {
                name: "Статистика",
                brings: "заказы и продажи: без них нет дней запаса",
                place: "«Категории» → «Статистика»",
            },
        ],
        note: "Токен живёт 180 дней. За две недели до конца мы предупредим.",
    },
    ozon: Guide {
        steps: &[
            "В кабинете seller.ozon.ru откройте «Настройки» (название компании справа вверху), затем «API-ключи».",
            "Число вверху этой страницы — ваш Client ID: вставьте его в первое поле.",
            "В разделе «Seller API» нажмите «Сгенерировать ключ», назовите его и выберите тип из таблицы ниже.",
            "Сразу скопируйте ключ — он показывается один раз — и вставьте во второе поле.",
        ],
        permissions: &[Needed {
            name: "Admin read only",
            brings: "карточки, остатки на складах Ozon и ваших, заказы, возвраты, цены; менять он ничего не может",
            place: "«Сгенерировать ключ» → «Тип токена»",
        }],
        note: "Ключ живёт полгода. За две недели до конца мы предупредим.",
    },
};
