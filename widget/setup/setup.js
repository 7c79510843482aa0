// The configurator: what a site owner types becomes a trial, snippets and papers. Nothing is kept and
// nothing is sent. `cargo xtask build` puts the files of this folder into one function, this one last,
// after the loader's rules for attributes (ATTRIBUTES, WRITE) and the walker of local.json; FACTS are written in by it.

const update = () => fillPapers(showSnippets());
startForm(update);
startPapers();
startOwn();
startCheck();
update();
