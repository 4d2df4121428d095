//! The two scripts without what only a reader needs: comments, indentation, and in the loader the lines that
//! stand in it once a chunk. Every page pays for them before its first click.

/// How the splitter fetches a chunk, around the expression that does.
const BEFORE: &str = "makeLoad(() => {\n    const src = ";
const AFTER: &str = ";\n    src.catch(() => {});\n    return async (imports) => \
                     (WebAssembly.instantiateStreaming(src, imports));\n}\n, ";

/// The same said once. A declaration, since the loader uses it above.
const ONCE: &str = "
function load(get, deps) {
    return makeLoad(() => {
        const src = get();
        src.catch(() => {});
        return async (imports) => WebAssembly.instantiateStreaming(src, imports);
    }, deps);
}
";

/// The loader, smaller. One that is written otherwise stays as it is, but for its comments.
pub fn loader(script: &str) -> String {
    let mut rest = script;
    let mut short = String::with_capacity(script.len());
    while let Some((before, fetching)) = rest.split_once(BEFORE) {
        let Some((fetch, after)) = fetching.split_once(AFTER) else { break };
        short.push_str(before);
        short.push_str("load(() => ");
        short.push_str(fetch);
        short.push_str(", ");
        rest = after;
    }
    short.push_str(rest);
    short.push_str(ONCE);
    slim(&short.replace("__chunk_", "c"))
}

/// A script without whole-line comments and indentation. Generated scripts have no text over several lines, which is
/// where either would be part of what is said.
pub fn slim(script: &str) -> String {
    let mut slim = String::with_capacity(script.len());
    let mut comment = false;
    for line in script.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        let skip = comment || line.is_empty() || line.starts_with("//");
        comment &= !line.ends_with("*/");
        if !skip {
            slim.push_str(line);
            slim.push('\n');
        }
    }
    slim
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let script = "/* one */\n/**\n * two\n */\nlet a = 1; // kept\n    // gone\n\n    f(a);\n";
        assert_eq!(slim(script), "let a = 1; // kept\nf(a);\n");
    }

    #[test]
    fn the_loader_says_once_how_a_chunk_is_fetched() {
        let script = format!(
            "/* __a, __b */\nconst __chunk_1 = {BEFORE}packed(0, 3){AFTER}[]);\n\
             export const x = wrap({BEFORE}fetch(y){AFTER}[__chunk_1]));\n"
        );
        let short = loader(&script);
        assert!(short.starts_with(
            "const c1 = load(() => packed(0, 3), []);\nexport const x = wrap(load(() => fetch(y), [c1]));\n"
        ));
        assert_eq!(short.matches("instantiateStreaming").count(), 1);
    }
}
