// Runs once, when the panel is mounted; `element`, `props` and `server` are Gradio's.
if (!window.footnotePanel) {
  window.footnotePanel = true;
  const body = document.body;
  const pattern = /^#q\/([A-Za-z0-9-]+)\/([a-z][a-z0-9_-]*)\/(\d+)\/(\d+)$/;
  let opener = null;
  let n = 0;

  const ready = (number) =>
    new Promise((resolve) => {
      const look = (left) => {
        const sheet = element.querySelector(`.sheet[data-n="${number}"]`);
        if (sheet || left === 0) resolve(sheet);
        else requestAnimationFrame(() => look(left - 1));
      };
      look(240);
    });

  const close = () => {
    if (!body.classList.contains("panel-open")) return;
    body.classList.remove("panel-open");
    for (const link of document.querySelectorAll("a.cite.current")) link.classList.remove("current");
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  };

  const show = async (link, found) => {
    const number = ++n;
    opener = link;
    for (const other of document.querySelectorAll("a.cite.current")) other.classList.remove("current");
    link.classList.add("current");
    const [, version, key, start, end] = found;
    let html;
    try {
      html = await server.open_quotation({ version, key, start: +start, end: +end, n: number });
    } catch {
      html = `<article class="sheet" data-n="${number}"><header class="sheet-head"><p class="problem" role="alert">The server did not answer. Is Footnote still running? Then click the number again.</p><button type="button" class="close" aria-label="Close the source">×</button></header></article>`;
    }
    if (number !== n) return; // a later click is under way
    props.value = html;
    body.classList.add("panel-open");
    const sheet = await ready(number);
    if (!sheet) return;
    const mark = sheet.querySelector("mark.hit");
    const page = sheet.querySelector(".sheet-body");
    if (mark && page) {
      const gap = mark.getBoundingClientRect().top - page.getBoundingClientRect().top;
      page.scrollTop += gap - page.clientHeight / 4;
      page.focus({ preventScroll: true });
    }
  };

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest && event.target.closest("a.cite");
      const found = link && pattern.exec(link.getAttribute("href") || "");
      if (found) {
        event.preventDefault();
        event.stopPropagation();
        show(link, found);
      } else if (event.target.closest && event.target.closest("#panel .close")) {
        close();
      }
    },
    true,
  );
  // The answer is read from its beginning, so the question goes to the top of the chat.
  let turns = 0;
  const follow = () => {
    const asked = document.querySelectorAll("#chat .asked");
    if (asked.length > turns) asked[asked.length - 1].scrollIntoView({ block: "start" });
    // Gradio labels a message with its HTML, which a screen reader would read out.
    for (const message of document.querySelectorAll('#chat [data-testid="bot"]')) {
      message.setAttribute("aria-label", "Answer");
    }
    for (const message of document.querySelectorAll('#chat [data-testid="user"]')) {
      message.setAttribute("aria-label", "Question");
    }
    const answers = document.querySelectorAll("#chat .answer").length;
    if (answers === asked.length) turns = answers;
  };
  const chat = document.querySelector("#chat");
  if (chat) new MutationObserver(follow).observe(chat, { childList: true, subtree: true });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const shelf = document.querySelector("details.library[open]");
    if (shelf) {
      shelf.open = false;
      shelf.querySelector("summary").focus();
    } else close();
  });
  // The list of sources lies over the chat, so a click beside it puts it away.
  document.addEventListener("pointerdown", (event) => {
    const shelf = document.querySelector("details.library[open]");
    if (shelf && !shelf.contains(event.target)) shelf.open = false;
  });
}
