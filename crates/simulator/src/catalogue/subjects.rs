//! What the simulated seller trades in: a table of subjects with their words, prices and seasons.
//!
//! Only data. Pictures of the subjects are in `pictures`.

/// In which sizes a subject comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grid {
    /// One size, which Wildberries calls "0".
    One,
    /// Clothes.
    Letters,
    /// Shoes.
    Shoes,
}

/// A kind of goods.
#[derive(Debug)]
pub(crate) struct Subject {
    /// Wildberries' number of it.
    pub id: i64,
    /// Its name, `subjectName`.
    pub name: &'static str,
    /// Its parent, `category` of an order.
    pub category: &'static str,
    /// How the seller's articles begin.
    pub code: &'static str,
    /// How titles begin: of one gender, so that the features agree.
    pub nouns: &'static [&'static str],
    /// How they go on.
    pub features: &'static [&'static str],
    /// Its brands.
    pub brands: &'static [&'static str],
    /// The lowest and highest price without discounts, roubles.
    pub price: (i64, i64),
    /// The best day of the year (0 to 364) and by how much it rises and falls (0 to 1).
    pub season: (f64, f64),
    /// Its sizes.
    pub grid: Grid,
    /// Length, width, height in centimetres, weight in grams, packed.
    pub packed: (i64, i64, i64, i64),
    /// Whether it must carry a mark of the state's tracking.
    pub marked: bool,
}

macro_rules! subjects {
    ($($id:literal $name:literal $category:literal $code:literal
        nouns $nouns:tt features $features:tt brands $brands:tt
        price $low:literal $high:literal season $peak:literal $swing:literal
        $grid:ident packed $packed:tt marked $marked:literal;)+) => {
        /// All subjects.
        pub(crate) const SUBJECTS: &[Subject] = &[$(Subject {
            id: $id, name: $name, category: $category, code: $code, nouns: &$nouns,
            features: &$features, brands: &$brands, price: ($low, $high),
            season: ($peak, $swing), grid: Grid::$grid, packed: $packed, marked: $marked,
        }),+];
    };
}

subjects! {
    813 "Кружки" "Посуда и инвентарь" "MUG"
        nouns ["Кружка", "Кружка для чая", "Чашка для кофе"]
        features ["керамическая 350 мл", "с крышкой 450 мл", "с двойными стенками 300 мл", "большая 600 мл"]
        brands ["Уют", "Тёплый дом"] price 590 1890 season 350.0 0.45
        One packed (12, 10, 11, 410) marked false;
    4063 "Термосы" "Посуда и инвентарь" "TRM"
        nouns ["Термос"]
        features ["стальной 500 мл", "с ситечком 750 мл", "автомобильный 400 мл", "для супа 1 л"]
        brands ["Северный путь", "Тёплый дом"] price 1290 3490 season 340.0 0.55
        One packed (9, 9, 28, 560) marked false;
    192 "Футболки" "Одежда" "TSH"
        nouns ["Футболка", "Футболка оверсайз", "Майка"]
        features ["хлопковая базовая", "с принтом", "спортивная дышащая", "удлинённая"]
        brands ["Лён и Ко", "Base Line"] price 890 2490 season 180.0 0.50
        Letters packed (28, 22, 3, 230) marked true;
    69 "Платья" "Одежда" "DRS"
        nouns ["Платье", "Платье-рубашка"]
        features ["летнее миди", "трикотажное", "льняное с поясом", "вечернее макси"]
        brands ["Лён и Ко", "Вишня"] price 1990 6490 season 165.0 0.55
        Letters packed (32, 24, 5, 420) marked true;
    168 "Куртки" "Одежда" "JKT"
        nouns ["Куртка", "Парка"]
        features ["демисезонная стёганая", "зимняя с капюшоном", "лёгкая", "утеплённая длинная"]
        brands ["Северный путь", "Base Line"] price 4990 14990 season 310.0 0.80
        Letters packed (45, 35, 14, 1350) marked true;
    105 "Кроссовки" "Обувь" "SNK"
        nouns ["Кроссовки", "Кеды"]
        features ["беговые", "повседневные", "из экокожи", "сетчатые летние"]
        brands ["Шаг", "Base Line"] price 2990 8990 season 120.0 0.35
        Shoes packed (33, 22, 13, 950) marked true;
    106 "Тапочки" "Обувь" "SLP"
        nouns ["Тапочки", "Тапочки домашние"]
        features ["из овчины", "с эффектом памяти", "войлочные", "открытые"]
        brands ["Шаг", "Тёплый дом"] price 690 1990 season 330.0 0.50
        Shoes packed (29, 20, 9, 380) marked true;
    270 "Рюкзаки" "Аксессуары" "BAG"
        nouns ["Рюкзак", "Рюкзак городской", "Рюкзак школьный"]
        features ["с отделением для ноутбука", "водоотталкивающий", "ортопедический", "складной 20 л"]
        brands ["Шаг", "Кочевник"] price 1990 6990 season 230.0 0.75
        One packed (42, 30, 12, 780) marked false;
    515 "Чехлы для телефонов" "Электроника" "CAS"
        nouns ["Чехол для телефона", "Чехол-книжка"]
        features ["прозрачный силиконовый", "противоударный", "с карманом для карт", "матовый"]
        brands ["Гравити", "Точка"] price 390 1290 season 345.0 0.20
        One packed (18, 10, 2, 60) marked false;
    593 "Наушники" "Электроника" "EAR"
        nouns ["Наушники беспроводные", "Наушники"]
        features ["с шумоподавлением", "вкладыши", "полноразмерные", "для спорта"]
        brands ["Гравити", "Точка"] price 1490 7990 season 350.0 0.40
        One packed (11, 9, 5, 160) marked false;
    379 "Комплекты постельного белья" "Для дома" "BED"
        nouns ["Постельное бельё", "Комплект постельного белья"]
        features ["евро, сатин", "2 спальных места, поплин", "1,5 спальных места, бязь", "семейный размер, перкаль"]
        brands ["Тёплый дом", "Лён и Ко"] price 2490 7990 season 300.0 0.25
        One packed (36, 28, 9, 1900) marked true;
    381 "Полотенца банные" "Для дома" "TWL"
        nouns ["Полотенце", "Полотенце банное"]
        features ["махровое 70х140", "вафельное 80х150", "бамбуковое 50х90", "для сауны"]
        brands ["Тёплый дом", "Уют"] price 590 2290 season 50.0 0.25
        One packed (35, 25, 6, 480) marked true;
    1113 "Кремы для лица" "Красота" "CRM"
        nouns ["Крем для лица"]
        features ["увлажняющий 50 мл", "с гиалуроновой кислотой 30 мл", "ночной 50 мл", "защитный SPF 50"]
        brands ["Росинка", "Вишня"] price 490 2190 season 60.0 0.30
        One packed (6, 6, 8, 110) marked true;
    1260 "Игрушки для кошек" "Зоотовары" "CAT"
        nouns ["Игрушка для кошки", "Дразнилка для кошки"]
        features ["с мятой", "мышка заводная", "на присоске", "набор 10 шт"]
        brands ["Мурлыка", "Лапа"] price 290 1190 season 355.0 0.15
        One packed (15, 10, 6, 90) marked false;
    352 "Конструкторы" "Игрушки" "TOY"
        nouns ["Конструктор"]
        features ["деревянный 120 деталей", "город 340 деталей", "для малышей 48 деталей", "роботы 210 деталей"]
        brands ["Кубик", "Точка"] price 990 5490 season 350.0 0.75
        One packed (32, 24, 7, 850) marked true;
    2561 "Гирлянды" "Новый год" "LED"
        nouns ["Гирлянда", "Гирлянда-штора"]
        features ["светодиодная 10 м", "роса 5 м на батарейках", "уличная 20 м", "3х3 м с пультом"]
        brands ["Искра", "Уют"] price 490 2490 season 345.0 0.95
        One packed (16, 12, 8, 300) marked false;
    1540 "Коврики для йоги" "Спорт" "YGA"
        nouns ["Коврик для йоги", "Коврик для фитнеса"]
        features ["нескользящий 6 мм", "двухслойный 8 мм", "пробковый", "складной дорожный"]
        brands ["Асана", "Кочевник"] price 1290 4490 season 15.0 0.45
        One packed (62, 13, 13, 1200) marked false;
    1714 "Блокноты" "Канцтовары" "NTB"
        nouns ["Блокнот", "Ежедневник недатированный"]
        features ["в точку А5", "в твёрдой обложке А5", "на кольцах А4", "карманный А6"]
        brands ["Страница", "Точка"] price 290 1490 season 235.0 0.50
        One packed (22, 16, 3, 320) marked false;
}

/// Names of collections: they agree with any noun.
pub(crate) const COLLECTIONS: &[&str] = &[
    "Лаванда",
    "Север",
    "Графит",
    "Мята",
    "Янтарь",
    "Рассвет",
    "Байкал",
    "Пломбир",
    "Терракота",
    "Полночь",
    "Олива",
    "Карамель",
];

/// Colours: name, code in the seller's article, main colour, darker shade.
pub(crate) const COLOURS: &[(&str, &str, &str, &str)] = &[
    ("белый", "WHT", "#f5f2ec", "#cfc8bb"),
    ("чёрный", "BLK", "#3b3f46", "#23262b"),
    ("синий", "BLU", "#3f6fb5", "#2a4d82"),
    ("красный", "RED", "#cf4a4a", "#993232"),
    ("зелёный", "GRN", "#4f9a6b", "#356e4b"),
    ("жёлтый", "YLW", "#e5b93c", "#b28b1f"),
    ("розовый", "PNK", "#e391a8", "#bd667f"),
    ("бежевый", "BEI", "#d9bf98", "#b3966c"),
    ("серый", "GRY", "#98a1ab", "#6d7782"),
    ("фиолетовый", "VLT", "#8a6bbf", "#634895"),
];

/// Sizes of clothes: name, Russian size, share of sales.
pub(crate) const LETTERS: &[(&str, &str, f64)] = &[
    ("XS", "42", 0.08),
    ("S", "44", 0.20),
    ("M", "46", 0.28),
    ("L", "48", 0.24),
    ("XL", "50", 0.14),
    ("XXL", "52", 0.06),
];

/// Sizes of shoes.
pub(crate) const SHOES: &[(&str, &str, f64)] = &[
    ("36", "36", 0.07),
    ("37", "37", 0.14),
    ("38", "38", 0.19),
    ("39", "39", 0.19),
    ("40", "40", 0.15),
    ("41", "41", 0.12),
    ("42", "42", 0.09),
    ("43", "43", 0.05),
];

/// The one size of everything else.
pub(crate) const ONE: &[(&str, &str, f64)] = &[("0", "", 1.0)];
