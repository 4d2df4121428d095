//! A pictogram for each subject: shapes on a field of 240 by 320, with `@a` for the card's colour,
//! `@b` for its darker shade and `@c` for a light accent.
//!
//! Only drawings; `photo` puts them on their background.

/// The drawing of a subject, by the beginning of its articles.
pub(crate) fn picture(code: &str) -> &'static str {
    match code {
        "MUG" => {
            r#"<path d="M68 110h88v88a30 30 0 0 1-30 30H98a30 30 0 0 1-30-30z" fill="@a"/><path d="M156 128h14a24 24 0 0 1 24 24v10a24 24 0 0 1-24 24h-14v-14h10a14 14 0 0 0 14-14v-2a14 14 0 0 0-14-14h-10z" fill="@b"/><ellipse cx="112" cy="110" rx="44" ry="10" fill="@b"/><path d="M96 88c-8-12 8-16 0-28M120 88c-8-12 8-16 0-28" stroke="@c" stroke-width="6" fill="none" stroke-linecap="round"/>"#
        }
        "TRM" => {
            r#"<rect x="92" y="104" width="56" height="140" rx="14" fill="@a"/><rect x="100" y="66" width="40" height="34" rx="8" fill="@b"/><rect x="92" y="146" width="56" height="18" fill="@c"/><rect x="128" y="112" width="8" height="124" rx="4" fill="@b" opacity=".5"/>"#
        }
        "TSH" => {
            r#"<path d="M88 84l-44 28 18 36 18-10v98h80v-98l18 10 18-36-44-28c-8 18-56 18-64 0z" fill="@a"/><path d="M88 84c8 18 56 18 64 0l-10-4c-8 12-36 12-44 0z" fill="@b"/><circle cx="120" cy="160" r="18" fill="@c"/>"#
        }
        "DRS" => {
            r#"<path d="M98 70h10c4 14 20 14 24 0h10l4 56-12 20 40 96c-30 14-78 14-108 0l40-96-12-20z" fill="@a"/><path d="M106 146h28l4 10h-36z" fill="@b"/><path d="M88 236l20-70M152 236l-20-70M120 244v-78" stroke="@b" stroke-width="3" opacity=".6"/>"#
        }
        "JKT" => {
            r#"<path d="M92 78l-46 34-4 110h30l4-64v86h88v-86l4 64h30l-4-110-46-34c-10 16-46 16-56 0z" fill="@a"/><path d="M120 92v152" stroke="@b" stroke-width="6"/><path d="M78 170h84M78 204h84M80 138h80" stroke="@b" stroke-width="3" opacity=".6"/><path d="M90 78c10-18 50-18 60 0l-12 16h-36z" fill="@c"/>"#
        }
        "SNK" => {
            r#"<path d="M40 196v-56l30 10 26-24 40 40c20 12 64 12 66 42v12H48a8 8 0 0 1-8-8z" fill="@a"/><path d="M40 206h162v12a12 12 0 0 1-12 12H52a12 12 0 0 1-12-12z" fill="@c"/><path d="M98 150l18-10M112 164l18-10M126 178l18-10" stroke="@b" stroke-width="6" stroke-linecap="round"/>"#
        }
        "SLP" => {
            r#"<path d="M52 214c-14-30 0-70 30-90 24-14 54 4 58 30l58 40c14 10 6 30-10 30H70c-8 0-14-4-18-10z" fill="@a"/><path d="M52 214c4 6 10 10 18 10h118c10 0 16-8 14-16-40 10-100 12-150 6z" fill="@b"/><ellipse cx="92" cy="146" rx="26" ry="14" fill="@c"/>"#
        }
        "BAG" => {
            r#"<path d="M96 92a24 24 0 0 1 48 0" stroke="@b" stroke-width="8" fill="none"/><rect x="66" y="90" width="108" height="150" rx="30" fill="@a"/><rect x="82" y="166" width="76" height="56" rx="12" fill="@b"/><path d="M84 132h72" stroke="@c" stroke-width="6" stroke-linecap="round"/><rect x="112" y="180" width="16" height="10" rx="4" fill="@c"/>"#
        }
        "CAS" => {
            r#"<rect x="76" y="70" width="88" height="176" rx="18" fill="@a"/><rect x="86" y="82" width="34" height="40" rx="10" fill="@b"/><circle cx="97" cy="95" r="6" fill="@c"/><circle cx="109" cy="109" r="6" fill="@c"/><path d="M92 214l56-60" stroke="@c" stroke-width="6" stroke-linecap="round" opacity=".7"/>"#
        }
        "EAR" => {
            r#"<path d="M62 180v-26a58 58 0 0 1 116 0v26" stroke="@a" stroke-width="12" fill="none"/><rect x="50" y="168" width="34" height="62" rx="14" fill="@b"/><rect x="156" y="168" width="34" height="62" rx="14" fill="@b"/><rect x="74" y="174" width="14" height="50" rx="7" fill="@c"/><rect x="152" y="174" width="14" height="50" rx="7" fill="@c"/>"#
        }
        "BED" => {
            r#"<rect x="40" y="196" width="160" height="36" rx="8" fill="@b"/><path d="M40 196c0-30 20-44 46-44h68c26 0 46 14 46 44z" fill="@a"/><rect x="58" y="116" width="54" height="36" rx="14" fill="@c"/><rect x="128" y="116" width="54" height="36" rx="14" fill="@c"/><path d="M60 178h120" stroke="@b" stroke-width="4" stroke-dasharray="10 8"/>"#
        }
        "TWL" => {
            r#"<rect x="64" y="84" width="112" height="156" rx="10" fill="@a"/><rect x="64" y="188" width="112" height="14" fill="@b"/><rect x="64" y="208" width="112" height="6" fill="@c"/><path d="M52 84h136" stroke="@b" stroke-width="10" stroke-linecap="round"/>"#
        }
        "CRM" => {
            r#"<rect x="74" y="136" width="92" height="96" rx="20" fill="@a"/><rect x="70" y="100" width="100" height="42" rx="10" fill="@b"/><rect x="90" y="164" width="60" height="40" rx="6" fill="@c"/><path d="M104 184h32" stroke="@b" stroke-width="4"/>"#
        }
        "CAT" => {
            r#"<ellipse cx="112" cy="186" rx="58" ry="38" fill="@a"/><circle cx="74" cy="160" r="16" fill="@b"/><circle cx="66" cy="188" r="5" fill="@c"/><path d="M168 190c30 6 34-30 14-42s-10-44 10-48" stroke="@b" stroke-width="7" fill="none" stroke-linecap="round"/><path d="M58 200l-24 6M58 206l-22 14" stroke="@b" stroke-width="3"/>"#
        }
        "TOY" => {
            r#"<rect x="54" y="176" width="64" height="56" rx="6" fill="@a"/><rect x="122" y="176" width="64" height="56" rx="6" fill="@b"/><rect x="88" y="114" width="64" height="56" rx="6" fill="@c"/><rect x="98" y="102" width="16" height="12" rx="3" fill="@c"/><rect x="126" y="102" width="16" height="12" rx="3" fill="@c"/>"#
        }
        "LED" => {
            r##"<path d="M30 96c50 50 130 50 180 0M30 170c50 50 130 50 180 0" stroke="@b" stroke-width="5" fill="none"/><g fill="@a"><circle cx="62" cy="130" r="11"/><circle cx="150" cy="142" r="11"/><circle cx="92" cy="218" r="11"/><circle cx="180" cy="204" r="11"/></g><g fill="#f6c945"><circle cx="106" cy="146" r="11"/><circle cx="186" cy="128" r="11"/><circle cx="56" cy="200" r="11"/><circle cx="138" cy="222" r="11"/></g>"##
        }
        "YGA" => {
            r#"<rect x="82" y="84" width="112" height="152" rx="8" fill="@a"/><circle cx="82" cy="104" r="20" fill="@b"/><circle cx="82" cy="104" r="8" fill="@c"/><path d="M62 104v120a12 12 0 0 0 12 12h20V104" fill="@b" opacity=".6"/>"#
        }
        _ => {
            r#"<rect x="68" y="84" width="104" height="150" rx="10" fill="@a"/><rect x="68" y="84" width="22" height="150" rx="8" fill="@b"/><rect x="106" y="112" width="50" height="26" rx="4" fill="@c"/><path d="M60 104h16M60 134h16M60 164h16M60 194h16" stroke="@c" stroke-width="5" stroke-linecap="round"/>"#
        }
    }
}
