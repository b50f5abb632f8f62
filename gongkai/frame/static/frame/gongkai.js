// Staff and form pages: autosave, guards and dialogs. Every page also works without this file.
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };
  const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  const changed = new WeakSet();

  // One question in a real dialog: resolves to true or false.
  const ask = (title, text, yes = "确定", no = "取消") =>
    new Promise((resolve) => {
      const dialog = make("dialog");
      const form = make("form", { method: "dialog" });
      const accept = make("button", { className: "button", value: "yes", textContent: yes });
      const refuse = make("button", { className: "button second", value: "no", textContent: no });
      const heading = make("h2", { textContent: title, id: "ask-title" });
      form.append(heading, make("p", { textContent: text }), make("div", { className: "buttons" }, accept, refuse));
      dialog.setAttribute("aria-labelledby", "ask-title");
      dialog.append(form);
      document.body.append(dialog);
      dialog.addEventListener("close", () => {
        resolve(dialog.returnValue === "yes");
        dialog.remove();
      });
      dialog.showModal();
    });

  // data-confirm on a button or form asks first; data-confirm-title and data-confirm-yes name the act.
  const confirmed = new WeakSet();
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const button = event.submitter;
    const source = button?.dataset.confirm ? button : form.dataset.confirm ? form : null;
    if (!source || confirmed.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const title = source.dataset.confirmTitle || "请确认";
    if (await ask(title, source.dataset.confirm, source.dataset.confirmYes || button?.textContent.trim() || "确定")) {
      confirmed.add(form);
      form.requestSubmit(button || undefined);
    }
  }, true);

  // A second click while the first submit is under way does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
    if ("again" in form.dataset) return; // a download leaves the page as it is
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    changed.delete(form);
    // Kept until the next page of ours proves that the server has answered.
    if (form.dataset.autosave) keep(form, true);
    if (form.matches(".sign-out")) copies().forEach((name) => localStorage.removeItem(name));
    // Disabled only after the browser has collected the form, or the button's own value would be lost.
    setTimeout(() => $("button:not([type=button])", form).forEach((b) => b.setAttribute("aria-disabled", "true")));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of $("form[data-sent]")) {
      delete form.dataset.sent;
      confirmed.delete(form);
      $("button[aria-disabled]", form).forEach((b) => b.removeAttribute("aria-disabled"));
    }
  });

  // Unsaved work: data-warn warns on leaving, data-autosave posts the form to its address.
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-warn],[data-autosave]")) {
      changed.add(form);
      if (form.dataset.autosave) later(form);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if ($("form[data-warn],form[data-autosave]").some((form) => changed.has(form))) event.preventDefault();
  });

  const timers = new WeakMap();
  const later = (form, wait = 2500) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), wait));
  };
  const key = (form) => `gk-draft:${form.dataset.autosave}`;
  const say = (form, text, failed = false) => {
    for (const place of $("[data-saved]", form).concat($(`[data-saved-for="${form.id}"]`))) {
      place.textContent = text;
      place.classList.toggle("failed", failed);
      place.setAttribute("role", "status");
    }
  };
  // Hidden fields (the version, the token) change with every save and are nothing anybody wrote.
  const written = (form, name) => form.elements.namedItem(name)?.type !== "hidden";
  const fields = (form) => [...new FormData(form)].filter(([k, v]) => typeof v === "string" && written(form, k));
  const copies = () => Object.keys(localStorage).filter((name) => name.startsWith("gk-draft:"));
  const keep = (form, sent = false) => {
    try {
      localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), sent, fields: fields(form) }));
      return true;
    } catch {
      return false;
    }
  };
  const forget = (form) => form.dataset.autosave && localStorage.removeItem(key(form));

  const save = async (form) => {
    if (!changed.has(form) || form.dataset.sent) return;
    changed.delete(form);
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const headers = { "X-Requested-With": "autosave", Accept: "application/json" };
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers, credentials: "same-origin" });
      if (answer.status === 409) return stale(form, answer);
      if (answer.redirected || answer.status === 403) return locked(form);
      if (answer.status === 400) return say(form, "有内容填得不对，改好以后会自动保存", true);
      if (!answer.ok) throw new Error(String(answer.status));
      adopt(form, await answer.json().catch(() => ({})));
      forget(form);
      say(form, `已自动保存 ${clock()}`);
    } catch {
      changed.add(form);
      say(form, keep(form) ? "网络不通，内容已留在本机，恢复后自动保存" : "网络不通，还没有保存，请不要关闭页面", true);
      later(form, 15000);
    }
  };
  // The answer may carry new values of hidden fields, such as the version the next save must name.
  const adopt = (form, answer) => {
    for (const [name, value] of Object.entries(answer.fields || {})) {
      const field = form.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    }
  };
  const locked = (form) => {
    changed.add(form);
    const kept = keep(form);
    say(form, kept ? "没有保存：登录已经失效。内容已留在本机，重新登录后打开本页可以取回" : "没有保存：登录已经失效，请先复制您写的内容", true);
  };
  const stale = async (form, answer) => {
    const said = await answer.json().catch(() => ({}));
    changed.add(form);
    keep(form);
    say(form, "没有保存：别人已经改过", true);
    const text = said.message || "这份草稿在您打开以后被别人改过。您写的内容已留在本机；重新打开页面就能看到对方的修改，也可以取回您写的内容。";
    if (await ask("别人已经改过这份草稿", text, "重新打开", "先留在这里")) {
      changed.delete(form);
      location.reload();
    }
  };
  window.addEventListener("online", () => $("form[data-autosave]").forEach((form) => later(form, 200)));

  // A copy left in this browser is offered back, never put back by itself.
  const offer = (form) => {
    const kept = JSON.parse(localStorage.getItem(key(form)) || "null");
    if (!kept) return;
    const now = JSON.stringify(fields(form).filter(([k]) => k in Object.fromEntries(kept.fields)));
    if (now === JSON.stringify(kept.fields)) return forget(form);
    const when = new Date(kept.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
    const take = make("button", { type: "button", className: "button", textContent: "取回" });
    const drop = make("button", { type: "button", className: "button second", textContent: "不要了" });
    const box = make("div", { className: "message warning" },
      make("p", { textContent: `${when} 有一份没能保存的内容留在本机，要取回吗？` }), make("div", { className: "buttons" }, take, drop));
    box.setAttribute("role", "status");
    form.before(box);
    take.addEventListener("click", () => {
      restore(form, kept.fields);
      box.remove();
    });
    drop.addEventListener("click", () => {
      forget(form);
      box.remove();
    });
  };
  const dropSent = () => {
    const here = new Set($("form[data-autosave]").map(key));
    for (const name of copies()) if (!here.has(name) && JSON.parse(localStorage.getItem(name)).sent) localStorage.removeItem(name);
  };
  const restore = (form, pairs) => {
    const names = new Set(pairs.map(([name]) => name));
    for (const field of form.elements) {
      if (!names.has(field.name) || field.type === "hidden") continue;
      const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.type !== "file") field.value = values[0];
      field.dispatchEvent(new CustomEvent("gk:restored", { bubbles: true }));
    }
    changed.add(form);
    later(form, 500);
  };

  // Files: dropped ones are taken, and what was chosen is listed with its size.
  const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  const drops = (box) => {
    const input = box.querySelector("input[type=file]");
    if (!input) return;
    box.classList.add("drop");
    const many = input.multiple ? "，可以一次选多个" : "";
    const pick = make("label", { className: "button second", htmlFor: input.id, textContent: "选择文件" });
    input.after(make("div", { className: "drop-zone" }, pick, `或把文件拖到这里${many}`));
    const list = make("ul", { className: "drop-list" });
    list.setAttribute("aria-live", "polite");
    box.append(list);
    input.addEventListener("change", () =>
      list.replaceChildren(...[...input.files].map((f) => make("li", { textContent: `${f.name}（${size(f.size)}）` }))));
    box.addEventListener("dragover", (event) => {
      event.preventDefault();
      box.classList.add("over");
    });
    box.addEventListener("dragleave", () => box.classList.remove("over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      box.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };

  const ready = (root) => {
    $("[data-drop]", root).forEach(drops);
    $("form[data-autosave]", root).forEach(offer);
    $("[data-errors]", root)[0]?.focus();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
    for (const menu of $("details.who[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of $("details.who[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("htmx:responseError", () => ask("没有办成", "服务器没有完成这一步，您填写的内容还在。请稍后再试。", "知道了", "关闭"));
  document.addEventListener("htmx:sendError", () => ask("网络不通", "请检查网络以后再试一次，您填写的内容还在。", "知道了", "关闭"));
  document.addEventListener("htmx:load", (event) => event.target !== document.body && ready(event.target));
  ready(document);
  dropSent();
})();
