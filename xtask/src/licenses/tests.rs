//! Grouping and reading licence texts.

use super::*;

fn component(name: &str, texts: &[&str]) -> Component {
    Component {
        name: name.to_owned(),
        version: "1.0.0".to_owned(),
        license: "MIT".to_owned(),
        repository: "https://example.org".to_owned(),
        texts: texts.iter().map(|text| normalised(text)).collect(),
        borrowed: false,
    }
}

#[test]
fn a_shared_text_is_printed_once() {
    let file = render(&[
        component("yew", &["Copyright Yew\n"]),
        component("alpha", &["THE TEXT  \r\n\r\nmore\r\n"]),
        component("beta", &["\nTHE TEXT\n\nmore"]),
        component("gamma", &[]),
    ]);
    assert_eq!(file.matches("THE TEXT").count(), 1, "{file}");
    assert!(
        file.contains("Used by: alpha 1.0.0, beta 1.0.0\n\nTHE TEXT\n\nmore\n"),
        "{file}"
    );
    assert!(
        file.contains("gamma 1.0.0\n    MIT\n    https://example.org\n    (the package holds no"),
        "{file}"
    );
    assert!(
        file.find("Used by: alpha") < file.find("Used by: yew"),
        "{file}"
    );
}

#[test]
fn a_line_of_cargo_tree_is_read() {
    let read = name_and_version("yew v0.23.0 (proc-macro) (/x)");
    assert_eq!(read, Some(("yew".to_owned(), "0.23.0".to_owned())));
    assert_eq!(name_and_version(""), None);
}

#[test]
fn only_licence_files_are_read() -> Result<()> {
    let folder = tempfile::tempdir()?;
    for (name, text) in [
        ("LICENSE-MIT", "mit"),
        ("Copying.md", "gpl"),
        ("license.rs", "fn f"),
        ("README", "me"),
    ] {
        std::fs::write(folder.path().join(name), text)?;
    }
    std::fs::create_dir(folder.path().join("LICENSES"))?;
    std::fs::write(folder.path().join("LICENSES/ISC.txt"), "isc")?;
    let mut texts = texts(folder.path(), None)?;
    texts.sort();
    assert_eq!(texts, ["gpl\n", "isc\n", "mit\n"]);
    Ok(())
}

#[test]
fn a_package_without_file_is_used_under_apache() {
    let mut offers = component("offers", &[]);
    "MIT OR Apache-2.0".clone_into(&mut offers.license);
    let mut components = [
        offers,
        component("mit-only", &[]),
        component("has", &["own text"]),
    ];
    apply_apache(
        &mut components,
        &[
            "MIT License\n".to_owned(),
            "Apache License\nVersion 2.0\n".to_owned(),
        ],
    );
    let file = render(&components);
    assert!(
        file.contains("Used by: offers 1.0.0\n\nApache License\n"),
        "{file}"
    );
    assert_eq!(file.matches("used under Apache-2.0").count(), 1, "{file}");
}
