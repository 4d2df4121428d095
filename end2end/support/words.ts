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
  },
};
