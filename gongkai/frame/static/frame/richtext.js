// The editor for rich text: the engine of django-prose-editor under our own Chinese toolbar.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History, Image, Italic,
  Link, ListItem, OrderedList, Paragraph, Table, TableCell, TableHeader, TableRow, Text, TextAlign, Underline,
} from "../django_prose_editor/editor.js";

// Alignment travels as a class, because the content security policy and the cleaning refuse style attributes.
const Align = TextAlign.extend({
  addGlobalAttributes() {
    return [{
      types: this.options.types,
      attributes: {
        textAlign: {
          default: null,
          parseHTML: (el) =>
            [...el.classList].find((c) => c.startsWith("align-"))?.slice(6) || el.style.textAlign || el.getAttribute("align") || null,
          renderHTML: ({ textAlign }) => (["center", "right"].includes(textAlign) ? { class: `align-${textAlign}` } : {}),
        },
      },
    }];
  },
}).configure({ types: ["heading", "paragraph"] });

const extensions = [
  Document, Paragraph, Text, HardBreak, Bold, Italic, Underline, Blockquote, BulletList, OrderedList, ListItem, History,
  Heading.configure({ levels: [2, 3, 4] }), Link.configure({ openOnClick: false }), Image, Align,
  Table.configure({ resizable: false }), TableRow, TableHeader, TableCell, Dropcursor, Gapcursor,
];

const TOOLS = [
  ["标题", "二级标题", (c) => c.toggleHeading({ level: 2 }), ["heading", { level: 2 }]],
  ["小标题", "三级标题", (c) => c.toggleHeading({ level: 3 }), ["heading", { level: 3 }]],
  ["加粗", "加粗，Ctrl+B", (c) => c.toggleBold(), ["bold"]],
  [],
  ["居中", "文字居中", (c, e) => (e.isActive({ textAlign: "center" }) ? c.unsetTextAlign() : c.setTextAlign("center")), [{ textAlign: "center" }]],
  ["靠右", "文字靠右，用于落款", (c, e) => (e.isActive({ textAlign: "right" }) ? c.unsetTextAlign() : c.setTextAlign("right")), [{ textAlign: "right" }]],
  [],
  ["• 列表", "不编号的列表", (c) => c.toggleBulletList(), ["bulletList"]],
  ["1. 编号", "编号的列表", (c) => c.toggleOrderedList(), ["orderedList"]],
  ["链接", "加上或去掉链接", null, ["link"]],
  [],
  ["表格", "插入三行三列的表格", (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), null, "no-table"],
  ["加行", "在下方加一行", (c) => c.addRowAfter(), null, "table"],
  ["加列", "在右边加一列", (c) => c.addColumnAfter(), null, "table"],
  ["删行", "删去这一行", (c) => c.deleteRow(), null, "table"],
  ["删列", "删去这一列", (c) => c.deleteColumn(), null, "table"],
  ["合并/拆分", "合并选中的单元格，或拆开合并的单元格", (c) => c.mergeOrSplit(), null, "table"],
  ["表头", "这一格是不是表头", (c) => c.toggleHeaderCell(), ["tableHeader"], "table"],
  ["删表格", "删去整张表格", (c) => c.deleteTable(), null, "table"],
  [],
  ["撤销", "撤销，Ctrl+Z", (c) => c.undo(), null, "undo"],
  ["重做", "重做，Ctrl+Y", (c) => c.redo(), null, "redo"],
];

const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};

const askLink = (editor) => {
  if (editor.isActive("link")) return editor.chain().focus().unsetLink().run();
  const input = make("input", { type: "text", className: "text-input", id: "rich-link", placeholder: "https://" });
  const label = make("label", { htmlFor: "rich-link", textContent: "网址" });
  const form = make("form", { method: "dialog" }, make("h2", { textContent: "加上链接" }), label, input, make("div", { className: "buttons" },
    make("button", { className: "button", value: "yes", textContent: "加上" }), make("button", { className: "button second", value: "no", textContent: "取消" })));
  const dialog = make("dialog", {}, form);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const href = input.value.trim();
    if (dialog.returnValue === "yes" && href) {
      const chain = editor.chain().focus();
      if (editor.state.selection.empty) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
      else chain.setLink({ href }).run();
    }
    dialog.remove();
  });
  dialog.showModal();
};

const toolbar = (editor, name) => {
  const bar = make("div", { className: "rich-bar" });
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", name);
  const shown = [];
  for (const [label, title, run, active, when] of TOOLS) {
    if (!label) {
      bar.append(make("span", { className: "gap" }));
      continue;
    }
    const button = make("button", { type: "button", textContent: label, title });
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => (run ? run(editor.chain().focus(), editor).run() : askLink(editor)));
    bar.append(button);
    shown.push({ button, active, when });
  }
  const refresh = () => {
    const inTable = editor.isActive("table");
    for (const { button, active, when } of shown) {
      if (active) button.setAttribute("aria-pressed", String(editor.isActive(...active)));
      if (when === "table") button.hidden = !inTable;
      if (when === "no-table") button.hidden = inTable;
      if (when === "undo") button.disabled = !editor.can().undo();
      if (when === "redo") button.disabled = !editor.can().redo();
    }
  };
  editor.on("transaction", refresh);
  refresh();
  return bar;
};

// Word puts its paragraphs, styles and conditional comments on the clipboard; only structure is taken over.
const fromOffice = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll("style,script,meta,link,xml,title,o\\:p:empty").forEach((el) => el.remove());
  page.querySelectorAll('img:not([src^="/"])').forEach((el) => el.remove());
  page.querySelectorAll("p,h1,h2,h3,h4,td,th,div").forEach((el) => {
    const side = el.style.textAlign || el.getAttribute("align");
    el.removeAttribute("class");
    if (side === "center" || side === "right") el.className = `align-${side}`;
  });
  page.querySelectorAll("h1").forEach((el) => {
    const h2 = page.createElement("h2");
    h2.className = el.className;
    h2.append(...el.childNodes);
    el.replaceWith(h2);
  });
  return page.body.innerHTML;
};

const start = (textarea) => {
  if (textarea.closest(".rich")) return;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const place = make("div", { className: "rich" });
  textarea.before(place);
  const editor = new Editor({
    element: place,
    editable: !textarea.disabled && !textarea.readOnly,
    extensions,
    injectCSS: false,
    content: textarea.value,
    editorProps: {
      transformPastedHTML: fromOffice,
      // Into an empty line whole paragraphs are put in, so that the first one keeps its alignment.
      transformPasted: (slice, view) => {
        const blocks = slice.content.childCount > 1 && view.state.selection.$from.parent.content.size === 0;
        return blocks ? new slice.constructor(slice.content, 0, 0) : slice;
      },
      attributes: {
        class: "prose", role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent.trim() || "正文",
        ...(textarea.getAttribute("aria-describedby") && { "aria-describedby": textarea.getAttribute("aria-describedby") }),
      },
    },
    onUpdate: () => {
      const html = editor.getHTML();
      textarea.value = html === "<p></p>" ? "" : html;
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  if (editor.isEditable) place.prepend(toolbar(editor, "排版"));
  place.append(textarea);
  textarea.addEventListener("gk:restored", () => editor.commands.setContent(textarea.value));
  textarea.addEventListener("focus", () => editor.commands.focus());
  label?.addEventListener("click", (event) => {
    event.preventDefault();
    editor.commands.focus();
  });
  // A link from the error summary leads to the hidden textarea: the editor takes its place.
  if (textarea.id) window.addEventListener("hashchange", () => location.hash === `#${textarea.id}` && editor.commands.focus());
};

const startAll = (root) => root.querySelectorAll("textarea[data-rich]").forEach(start);
startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.target));
