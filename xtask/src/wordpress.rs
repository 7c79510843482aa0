//! The WordPress plugin as the zip that site owners upload.
//!
//! The widget's files lie in it, so that an owner's pages ask no other host. It chooses and names
//! files; what the plugin does is told in widget/wordpress.

use anyhow::Result;
use shared::{Dataset, wording};

use crate::site::File;
use crate::workspace::Workspace;
use crate::{fill, selfhost};

/// The plugin's folder, by which WordPress knows it.
pub const FOLDER: &str = "ai-michishirube";

const TEMPLATES: &str = "widget/wordpress";

/// The zip's name in the site.
pub fn name(version: &str) -> String {
    format!("ai-michishirube-wordpress-{version}.zip")
}

/// The files of the zip; `site` is what runs on a server.
pub fn files(workspace: &Workspace, dataset: &Dataset, site: &[File]) -> Result<Vec<File>> {
    let day = wording::day(dataset.run.searched);
    let values = [
        ("version", workspace.version),
        ("major", workspace.major()),
        ("day", &day),
    ];
    let mut files = Vec::new();
    for name in [
        "ai-michishirube.php",
        "uninstall.php",
        "block.js",
        "readme.txt",
    ] {
        let template = format!("{TEMPLATES}/{name}");
        let text = fill::page(&template, &workspace.read(&template)?, &values)?;
        files.push(File::new(name, text));
    }
    files.extend(selfhost::licences(workspace)?);
    files.push(selfhost::server_rules(workspace, "widget")?);
    files.extend(
        site.iter()
            .map(|file| File::new(format!("widget/{}", file.path), file.bytes.clone())),
    );
    for file in &mut files {
        file.path = format!("{FOLDER}/{}", file.path);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset_files;
    use anyhow::Context as _;

    #[test]
    fn the_plugin_names_its_version_and_takes_its_option_back() -> Result<()> {
        let workspace = Workspace::find()?;
        let dataset = dataset_files::load(&workspace)?;
        let site = [File::new("v/1/michishirube.js", "f()")];
        let files = files(&workspace, &dataset, &site)?;
        let text = |name: &str| {
            let path = format!("{FOLDER}/{name}");
            let file = files.iter().find(|file| file.path == path);
            let bytes = file.with_context(|| format!("no {path}"))?.bytes.clone();
            String::from_utf8(bytes).context("no text")
        };
        assert_eq!(text("widget/v/1/michishirube.js")?, "f()");
        assert!(text("widget/.htaccess")?.contains("application/wasm"));
        let plugin = text("ai-michishirube.php")?;
        let version = format!("Version:           {}\n", workspace.version);
        assert!(plugin.contains(&version), "{plugin}");
        assert!(text("readme.txt")?.contains(&format!("Stable tag: {}\n", workspace.version)));
        let (_, option) = plugin.split_once("const OPTION = '").context("an option")?;
        let option = option.split('\'').next().unwrap_or_default();
        assert!(text("uninstall.php")?.contains(&format!("delete_option( '{option}' )")));
        Ok(())
    }
}
