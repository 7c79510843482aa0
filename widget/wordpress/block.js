// The block in WordPress's editor: a card with the settings. What visitors get is made by the server
// (ai-michishirube.php), which also hands over the fields. Written for browsers as it is: no build.
(function (wp, known) {
  "use strict";
  const el = wp.element.createElement;

  function edit({ attributes, setAttributes }) {
    const fields = Object.entries(known.fields).map(([name, { label, example }]) =>
      el(wp.components.TextControl, {
        key: name,
        label,
        value: attributes[name] || "",
        placeholder: known.saved[name] || "例：" + example,
        onChange: (value) => setAttributes({ [name]: value }),
      }),
    );
    const card = el(
      wp.components.Placeholder,
      {
        icon: "location-alt",
        label: "AIみちしるべ",
        instructions: known.saved.operator || attributes.operator
          ? "ここに診断が出ます。空のままの欄には、設定に書いた内容を使います。"
          : "ここに診断が出ます。運営者の名前を書くまで「デモ」と表示します。",
        isColumnLayout: true,
      },
      ...fields,
    );
    return el("div", wp.blockEditor.useBlockProps(), card);
  }

  wp.blocks.registerBlockType(known.block, { edit, save: () => null });
})(window.wp, window.aiMichishirube);
