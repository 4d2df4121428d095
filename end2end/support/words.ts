// The words that the specs look for, as the pages say them in each language.
// The catalogue itself is app/src/text; a word that differs from it fails here.

export type Language = "ru" | "en";

export interface Words {
  signIn: string;
  register: string;
  demo: string;
  email: string;
  password: string;
  company: string;
  products: string;
  settings: string;
  syncs: string;
  synchronise: string;
  signOut: string;
  key: string;
  connect: string;
  emptyProducts: string;
  noneFound: string;
  find: string;
  keyAccepted: string;
  keyMalformed: string;
  personal: string;
  missingPermission: string;
  completed: string;
  history: string;
  asTable: string;
  byWarehouse: string;
  back: string;
  demoLabel: RegExp;
  wrongPassword: RegExp;
  tooShort: RegExp;
  saved: string;
  companyName: string;
  save: string;
  english: string;
}

export const WORDS: Record<Language, Words> = {
  ru: {
    signIn: "Войти",
    register: "Зарегистрироваться",
    demo: "Посмотреть на демо-данных",
    email: "Электронная почта",
    password: "Пароль",
    company: "Компания",
    products: "Товары",
    settings: "Настройки",
    syncs: "Синхронизации",
    synchronise: "Синхронизировать",
    signOut: "Выйти",
    key: "Ключ Wildberries",
    connect: "Подключить магазин",
    emptyProducts: "Здесь будут ваши товары",
    noneFound: "Ничего не нашлось",
    find: "Найти",
    keyAccepted: "Ключ принят",
    keyMalformed: "Это не похоже на ключ этого маркетплейса",
    personal: "Персональный",
    missingPermission: "нет, без неё данные неполные",
    completed: "Завершена",
    history: "История",
    asTable: "Те же дни таблицей",
    byWarehouse: "Остаток по складам",
    back: "Все товары",
    demoLabel: /Это демо-магазин/,
    wrongPassword: /Почта или пароль не подходят/,
    tooShort: /8/,
    saved: "Сохранено",
    companyName: "Название",
    save: "Сохранить",
    english: "English",
  },
  en: {
    signIn: "Sign in",
    register: "Register",
    demo: "Look around with demo data",
    email: "E-mail",
    password: "Password",
    company: "Company",
    products: "Products",
    settings: "Settings",
    syncs: "Syncs",
    synchronise: "Synchronise",
    signOut: "Sign out",
    key: "Wildberries key",
    connect: "Connect the shop",
    emptyProducts: "Your products will be here",
    noneFound: "Nothing found",
    find: "Find",
    keyAccepted: "The key is accepted",
    keyMalformed: "This does not look like a key of this marketplace",
    personal: "Personal",
    missingPermission: "missing, data is incomplete without it",
    completed: "Completed",
    history: "History",
    asTable: "The same days as a table",
    byWarehouse: "Stock by warehouse",
    back: "All products",
    demoLabel: /demo/i,
    wrongPassword: /E-mail or password do not/,
    tooShort: /8/,
    saved: "Saved",
    companyName: "Name",
    save: "Save",
    english: "English",
  },
};
