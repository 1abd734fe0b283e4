// The page beside Gradio's own parts: keys, copies, links, previews, what a screen reader hears.
(() => {
  const languages = navigator.languages && navigator.languages.length ? navigator.languages : [navigator.language || "en"];
  const language = languages.map((one) => one.slice(0, 2).toLowerCase()).find((one) => window.footnoteWords[one]) || "en";
  const words = window.footnoteWords[language];
  window.footnote = { language, words };
  document.documentElement.lang = language;

  const closest = (event, selector) => {
    const target = event.target;
    const from = target && target.nodeType === Node.ELEMENT_NODE ? target : target && target.parentElement;
    return from && from.closest(selector);
  };

  // A live region of our own: one that comes with its words is not read out by all readers.
  const live = document.createElement("div");
  live.id = "live";
  live.className = "vh";
  live.setAttribute("role", "status");
  live.setAttribute("aria-live", "polite");
  const say = (text) => {
    live.textContent = "";
    setTimeout(() => (live.textContent = text), 30);
  };

  // What was done, for those who see; it goes by itself.
  const notice = (text) => {
    const old = document.querySelector("#notice");
    if (old) old.remove();
    const shown = document.createElement("div");
    shown.id = "notice";
    shown.setAttribute("aria-hidden", "true");
    shown.textContent = text;
    document.body.append(shown);
    setTimeout(() => shown.remove(), 4000);
  };

  // Copies: the clipboard may be refused, or missing where the page does not come by https.
  const copyOf = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "vh";
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    area.remove();
    return done;
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyOf(text);
    }
  };
  const tell = (button, text) => {
    if (!button.dataset.said) button.dataset.said = button.textContent;
    button.textContent = text;
    say(text);
    clearTimeout(button.footnoteTimer);
    button.footnoteTimer = setTimeout(() => (button.textContent = button.dataset.said), 2500);
  };
  const quotationOf = (card) => {
    const quote = card.querySelector("blockquote.quote");
    const note = card.querySelector(".footnote");
    const short = note.querySelector(".short").textContent;
    const where = note.querySelector(".where").textContent.replaceAll("\u00a0", " ");
    const full = note.querySelector(".reference").textContent;
    return { quote, text: `“${quote.innerText}” (${short}, ${where})\n\n${full}` };
  };
  const copyCard = async (button) => {
    const { quote, text } = quotationOf(button.closest(".card"));
    const focused = document.activeElement;
    if (await copy(text)) {
      focused.focus();
      tell(button, words.copied);
      return;
    }
    getSelection().selectAllChildren(quote);
    tell(button, words.notcopied);
  };

  // A file of what the server wrote for this reader alone.
  const save = (file) => {
    if (!file || !file.name) {
      say((file && file.problem) || words.server);
      return notice((file && file.problem) || words.server);
    }
    const url = URL.createObjectURL(new Blob([file.text], { type: `${file.media};charset=utf-8` }));
    const link = document.createElement("a");
    link.href = url;
    link.download = file.name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    const told = words.saved.replace("{name}", file.name);
    say(told);
    notice(told);
  };
  window.footnote.save = save;

  // Verdicts on quotations, where the server takes them.
  const send = async (request) => {
    let answer;
    try {
      answer = await window.footnote.judge(request);
    } catch {
      answer = { problem: words.server };
    }
    if (answer.problem === undefined) return answer;
    notice(answer.problem);
    say(answer.problem);
    return null;
  };
  const press = (button, token) => {
    button.setAttribute("aria-pressed", String(Boolean(token)));
    if (token) button.dataset.token = token;
    else delete button.dataset.token;
  };
  const takeBack = async (button) => {
    if (!(await send({ undo: button.dataset.token }))) return false;
    press(button, "");
    say(words.undone);
    return true;
  };
  const judge = async (button) => {
    if (button.dataset.token) return takeBack(button);
    const other = button.parentElement.querySelector("[data-token]");
    if (other && !(await takeBack(other))) return;
    const card = button.closest(".card");
    const { version, key, start, end } = window.footnotePanel.read(card.querySelector("a.cite").getAttribute("href"));
    const ask = button.closest(".answer").querySelector("a.permalink").getAttribute("href");
    const kept = await send({ ask, version, key, start, end, verdict: button.classList.contains("good") ? "good" : "wrong" });
    if (!kept) return;
    press(button, kept.token);
    say(words.noted);
  };
  // Where in the document an end of a selection is, in characters, not in code units.
  const placeOf = (node, offset) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const block = element.closest("[data-at]");
    const before = document.createRange();
    if (block) {
      before.setStart(block, 0);
      before.setEnd(node, offset);
      return Number(block.dataset.at) + [...before.toString()].length;
    }
    // Between two blocks: the end of the one before.
    const above = element.childNodes[offset - 1];
    return above && above.dataset ? Number(above.dataset.at) + [...above.textContent].length : 0;
  };
  const answerIsHere = async (button) => {
    if (button.dataset.token) {
      if (!(await takeBack(button))) return;
      button.textContent = button.dataset.said;
      return;
    }
    const sheet = button.closest(".sheet").querySelector(".sheet-body");
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
    if (!range || !sheet.contains(range.commonAncestorContainer) || !range.toString().trim()) {
      notice(words.select);
      say(words.select);
      return;
    }
    const { ask, version, key } = window.footnotePanel.at();
    if (!ask) {
      notice(words.noquestion);
      say(words.noquestion);
      return;
    }
    const start = placeOf(range.startContainer, range.startOffset);
    const end = placeOf(range.endContainer, range.endOffset);
    const chosen = { start, end, words: range.toString(), verdict: "here" };
    const kept = await send({ ask, version, key, ...chosen });
    if (!kept) return;
    button.dataset.said = button.textContent;
    press(button, kept.token);
    button.textContent = words.undo;
    say(words.noted);
    notice(words.noted);
  };
  // A press on the button must not take the selection away.
  document.addEventListener("mousedown", (event) => {
    if (closest(event, "#panel button.here")) event.preventDefault();
  });

  // Questions in links; the messenger is there once Gradio has mounted it.
  const ask = (fragment, left = 200) => {
    if (window.footnoteAsk) window.footnoteAsk(fragment);
    else if (left) setTimeout(() => ask(fragment, left - 1), 50);
  };
  const openPanel = (fragment, left = 200) => {
    if (window.footnotePanel) window.footnotePanel.open(fragment);
    else if (left) setTimeout(() => openPanel(fragment, left - 1), 50);
  };
  const restore = () => {
    if (location.hash.startsWith("#ask?")) ask(location.hash);
    else if (/^#[qc]\//.test(location.hash)) openPanel(location.hash);
  };

  document.addEventListener("click", (event) => {
    const button = closest(event, "#chat button.copy");
    if (button) copyCard(button);
    const verdict = closest(event, "#chat button.verdict");
    if (verdict) judge(verdict);
    const here = closest(event, "#panel button.here");
    if (here) answerIsHere(here);
    const again = closest(event, "a.ask-again");
    if (again && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      document.querySelector("#tabs [role=tab]").click();
      ask(again.getAttribute("href"));
      return;
    }
    const typed = closest(event, "a.as-typed");
    const link = closest(event, "a.permalink");
    if ((typed || link) && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      if (typed) ask(typed.getAttribute("href"));
      else {
        history.replaceState(null, "", link.getAttribute("href"));
        copy(location.href).then((done) => tell(link, done ? words.linked : location.href));
      }
    }
  }, true);
  addEventListener("hashchange", restore);

  // The quotation of a footnote number, while the pointer or the focus is on it.
  let preview = null;
  const hide = () => {
    const shown = preview;
    if (shown) shown.remove();
    preview = null;
    return Boolean(shown);
  };
  const show = (link) => {
    hide();
    const twin = link.parentElement.querySelector(".twin");
    const card = link.closest(".card");
    const quote = twin || (card && card.querySelector("blockquote.quote"));
    if (!quote) return;
    preview = document.createElement("div");
    preview.id = "preview";
    preview.setAttribute("role", "tooltip");
    preview.lang = quote.lang || document.documentElement.lang;
    preview.textContent = quote.textContent;
    document.body.append(preview);
    const at = link.getBoundingClientRect();
    const box = preview.getBoundingClientRect();
    const above = at.top - box.height - 8;
    preview.style.top = `${above >= 8 ? above : Math.min(at.bottom + 8, innerHeight - box.height - 8)}px`;
    preview.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`;
  };
  document.addEventListener("pointerover", (event) => {
    const link = event.pointerType !== "touch" && closest(event, "#chat a.cite");
    if (link) show(link);
    else if (!closest(event, "#preview")) hide();
  });
  document.addEventListener("focusin", (event) => {
    const link = closest(event, "#chat a.cite");
    if (link && link.matches(":focus-visible")) show(link);
    else hide();
  });
  document.addEventListener("scroll", hide, true);
  document.addEventListener("click", hide, true);

  document.addEventListener("keydown", (event) => {
    const writing = closest(event, "input, textarea, select, [contenteditable]");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = document.querySelector("#question textarea");
      if (!box || !box.offsetParent) return;
      event.preventDefault();
      box.focus();
    }
    if (event.key !== "Escape") return;
    if (hide()) return;
    const menu = document.querySelector("details.library[open], details.outline[open], details.take[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (window.footnotePanel) window.footnotePanel.close();
  });
  // The list of sources lies over the chat, so a click beside it puts it away.
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll("details.library[open], details.outline[open], details.take[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // Finding a source in the filter. Gradio calls this when the words change, by the reader or by
  // itself: it can empty the box as it opens, and that is no event of the browser. Sources that
  // come after the words are narrowed, too.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const find = () => {
    const search = document.querySelector("#filter-search");
    const box = search && search.querySelector("input, textarea");
    const rows = document.querySelectorAll("#filter-sources label");
    if (!box || !rows.length) return;
    const wanted = plain(box.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of rows) {
      const hit = wanted.every((word) => plain(row.textContent).includes(word));
      row.classList.toggle("unwanted", !hit);
      found += hit;
    }
    search.classList.toggle("nothing", found === 0);
    if (found === 0) say(words.nosource);
  };
  window.footnote.find = find;

  // The answer is read from its beginning, so the question goes to the top of the chat.
  let turns = 0;
  const follow = () => {
    const asked = document.querySelectorAll("#chat .asked");
    const answers = document.querySelectorAll("#chat .answer");
    if (asked.length > turns) asked[asked.length - 1].scrollIntoView({ block: "start" });
    // Gradio labels a message with its HTML, which a screen reader would read out.
    for (const [kind, label] of [["bot", words.answer], ["user", words.asked]]) {
      for (const message of document.querySelectorAll(`#chat [data-testid="${kind}"]`)) {
        if (message.getAttribute("aria-label") !== label) message.setAttribute("aria-label", label);
      }
    }
    for (const group of document.querySelectorAll("#chat .judge:not([role])")) {
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", words.judge);
      for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", "false");
    }
    if (answers.length === asked.length) {
      if (answers.length > turns) {
        const told = answers[answers.length - 1].querySelector(".said, .refusal, .problem");
        if (told) say(told.innerText);
      }
      turns = answers.length;
    }
  };

  const start = () => {
    document.body.append(live);
    new MutationObserver((changes) => {
      follow();
      if (changes.some(({ target }) => target.closest("#filter-sources"))) find();
    }).observe(document.body, { childList: true, subtree: true });
    restore();
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
