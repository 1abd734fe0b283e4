// Runs once, when the panel is mounted; `element`, `props` and `server` are Gradio's.
if (!window.footnotePanel) {
  const body = document.body;
  const words = window.footnote.words;
  const quotation = /^#q\/([A-Za-z0-9-]+)\/([a-z][a-z0-9_-]*)\/(\d+)\/(\d+)(?:\/(\d+-\d+(?:,\d+-\d+)*))?$/;
  const cited = /^#c\/([A-Za-z0-9-]+)\/([a-z][a-z0-9_-]*)\/(\d+)\/(\d+)\/([a-z][a-z0-9_-]*)$/;
  const empty = props.value; // what stands there before anything is opened
  let opener = null;
  let shown = null;
  let n = 0;

  const read = (fragment) => {
    let found = quotation.exec(fragment);
    if (found) {
      const strong = found[5] ? found[5].split(",").map((one) => one.split("-").map(Number)) : [];
      return { version: found[1], key: found[2], start: +found[3], end: +found[4], strong };
    }
    found = cited.exec(fragment);
    return found && { version: found[1], key: found[2], start: +found[3], end: +found[4], cited: found[5] };
  };

  const ready = (number) =>
    new Promise((resolve) => {
      const deadline = performance.now() + 4000;
      const look = () => {
        const sheet = element.querySelector(`.sheet[data-n="${number}"]`);
        if (sheet || performance.now() > deadline) resolve(sheet);
        else setTimeout(look, 16); // a page in the background draws no frames
      };
      look();
    });

  const current = (link) => {
    for (const other of document.querySelectorAll("a.current")) other.classList.remove("current");
    if (link) link.classList.add("current");
  };

  const close = () => {
    if (!body.classList.contains("panel-open")) return false;
    n++; // an answer that is still under way opens nothing
    body.classList.remove("panel-open");
    props.value = empty;
    current(null);
    if (opener && opener.isConnected) opener.focus();
    opener = null;
    return true;
  };

  const lost = (number) =>
    `<article class="sheet" data-n="${number}"><header class="sheet-head"><p class="problem" role="alert">${words.server}</p><button type="button" class="close" aria-label="×">×</button></header></article>`;

  // The quotations of the chat that stand in one document, in the order of the document.
  const siblings = (wanted) => {
    const found = new Map();
    for (const link of document.querySelectorAll("#chat a.cite")) {
      const other = read(link.getAttribute("href"));
      const same = other && other.version === wanted.version && other.key === wanted.key;
      if (same && !found.has(`${other.start}/${other.end}`)) found.set(`${other.start}/${other.end}`, { link, ...other });
    }
    return [...found.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  };

  const countSteps = (sheet, wanted) => {
    const steps = sheet.querySelector(".steps");
    const all = siblings(wanted);
    const at = all.findIndex((one) => one.start === wanted.start && one.end === wanted.end);
    if (!steps || all.length < 2 || at < 0) return;
    steps.hidden = false;
    const place = steps.querySelector(".place");
    place.textContent = `${at + 1}/${all.length}`;
    place.title = words.place.replace("{at}", at + 1).replace("{all}", all.length);
    for (const button of steps.querySelectorAll(".step")) {
      const next = all[at + Number(button.dataset.step)];
      button.disabled = !next;
      button.onclick = () => next && show(next.link, next, button.dataset.step);
    }
  };

  const show = async (link, wanted, step) => {
    const number = ++n;
    if (link && !element.contains(link)) opener = link;
    if (link && document.querySelector("#chat").contains(link)) current(link);
    const { link: _, ...asked } = wanted;
    let html;
    try {
      html = await server.open_quotation({ ...asked, n: number });
    } catch {
      html = lost(number);
    }
    if (number !== n) return; // a later click is under way
    props.value = html;
    shown = wanted;
    body.classList.add("panel-open");
    const sheet = await ready(number);
    if (!sheet) return;
    const mark = sheet.querySelector("mark.hit.strong") || sheet.querySelector("mark.hit");
    const first = sheet.querySelector("mark.hit");
    const page = sheet.querySelector(".sheet-body");
    if (page && first) {
      const top = (one) => one.getBoundingClientRect().top - page.getBoundingClientRect().top;
      const room = page.clientHeight;
      // The quotation from its beginning, unless what answers would then be out of view.
      const gap = top(mark) - top(first) > room / 2 ? top(mark) : top(first);
      page.scrollTop += gap - room / 4;
    }
    countSteps(sheet, wanted);
    const button = step && sheet.querySelector(`.step[data-step="${step}"]:not(:disabled)`);
    const focused = button || page;
    if (focused) focused.focus({ preventScroll: true });
  };

  document.addEventListener(
    "click",
    (event) => {
      const target = event.target.closest ? event.target : event.target.parentElement;
      const link = target.closest("a.cite, a.chip");
      const wanted = link && read(link.getAttribute("href") || "");
      if (wanted && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
        event.preventDefault();
        event.stopPropagation();
        show(link, wanted);
        return;
      }
      const heading = target.closest("#panel a[data-heading]");
      if (heading) {
        event.preventDefault();
        const page = element.querySelector(".sheet-body");
        const title = page.querySelector(`[data-section="${heading.dataset.heading}"]`);
        heading.closest("details").open = false;
        page.scrollTop += title.getBoundingClientRect().top - page.getBoundingClientRect().top - 12;
        page.focus({ preventScroll: true });
      } else if (target.closest("#panel .close")) close();
    },
    true,
  );
  // The question whose answer led here; of a place that was opened otherwise, the last one.
  const asked = () => {
    const answer = opener && opener.isConnected && opener.closest(".answer");
    const links = (answer || document).querySelectorAll("#chat a.permalink");
    return links.length ? links[links.length - 1].getAttribute("href") : null;
  };
  window.footnotePanel = {
    close,
    read,
    at: () => shown && { version: shown.version, key: shown.key, ask: asked() },
    open: (fragment) => {
      const wanted = read(fragment);
      if (wanted) show(null, wanted);
      return Boolean(wanted);
    },
  };
}
