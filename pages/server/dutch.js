// What Streamlit itself says, in Dutch: it has no setting for its language. pages/server/http.py puts this script in the first
// page, before Streamlit's own. Only what is exactly one of these texts is replaced, in what is added or changes; a text
// inside what the monitor itself writes is left alone. A test looks up every English text in the Streamlit installed. And
// what else Streamlit cannot be told: to draw its charts for paper before it prints, and to say what is shown after a choice.
(() => {
  const TEXTS = {
    "Skip to main content": "Naar de inhoud",
    "System": "Systeem",
    "Light": "Licht",
    "Dark": "Donker",
    "Print": "Afdrukken",
    "Stop": "Stoppen",
    "Stopping...": "Wordt gestopt …",
    "Connecting": "Verbinden",
    "Connecting to Streamlit server": "De verbinding wordt hersteld",
    "Unable to connect to Streamlit server": "Geen verbinding met de monitor",
    "Error": "Fout",
    "Error: ": "Fout: ",
    "Connection error": "De verbinding is weg",
    "Upload": "Bestanden kiezen",
    "Drag and drop files here": "Laat de bestanden hier los",
    "Page not found": "Deze pagina bestaat niet",
    "Choose an option": "Kies een optie",
    "Choose options": "Kies opties",
    "No options to select": "Niets te kiezen",
    "No results": "Niets gevonden",
    "Dismiss": "Sluiten",
    "yyyy": "jjjj",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Kies een dag met de pijltjestoetsen en Enter; Esc sluit de kalender.",
    "Fullscreen": "Volledig scherm",
    "Close fullscreen": "Volledig scherm sluiten",
    "Copy to clipboard": "Kopiëren",
    "Copied": "Gekopieerd",
    "View less": "Minder tonen",
    "Failed to generate file for download": "Downloaden lukt nu niet. Probeer het nog eens.",
    "Download failed": "Downloaden lukt nu niet. Probeer het nog eens.",
    "Cannot send backend operation request: not connected to server": "Downloaden lukt nu niet: er is geen verbinding."
  };
  const LABELS = {
    "Sidebar": "Zijbalk",
    "Collapse sidebar": "Zijbalk inklappen",
    "Expand sidebar": "Zijbalk uitklappen",
    "App pages": "Pagina’s",
    "Scroll tabs left": "Naar links",
    "Scroll tabs right": "Naar rechts",
    "Main menu": "Hoofdmenu",
    "Theme": "Thema",
    "Running...": "Bezig …",
    "Notifications": "Meldingen",
    "Close": "Sluiten",
    "Add files": "Bestanden toevoegen",
    "file upload": "bestanden",
    "Help": "Uitleg",
    "Open": "Openen",
    "Selected values": "Gekozen",
    "Clear all": "Alles wissen",
    "Clear value": "Wissen",
    "Show suggestions": "Keuzes tonen",
    "Suggestions": "Keuzes",
    "Choose date": "Kies een datum",
    "Clear date": "Datum wissen",
    "Previous month": "Vorige maand",
    "Next month": "Volgende maand",
    "Empty": "Leeg",
    "visualization": "grafiek",
    "axis": "as",
    "legend": "legenda",
    "title": "titel",
    "subtitle": "ondertitel",
    "bar": "balk",
    "circle": "cirkel",
    "point": "punt",
    "geoshape": "gebied op de kaart"
  };

  const day = (text, parts) => new Date(text).toLocaleDateString("nl-NL", parts);
  const range = (text) => text.replace(/^values from (.*) to /, "$1 tot ")
    .replace(/^\d+ (?:values?|boundar(?:y|ies)): /, "").replace(", ending with ", " … ");
  const BETWEEN = { between: "tussen", "on or before": "op of vóór", "on or after": "op of na" };

  const CALENDAR = [/^Choose date, (.+)$/, "Kies een datum, $1"];
  const TEXT_PATTERNS = [
    CALENDAR,
    [/^(\d+) more$/, "nog $1"],
    [/^View (\d+) more$/, "nog $1"],
    [/^You have requested page .*$/s, "U ziet de eerste pagina van de monitor."],
    [/^(\d+) options? available\.$/, (_, n) => `${n} ${n === "1" ? "keuze" : "keuzes"}.`],
    [/^(.+), selected$/, "$1, gekozen"],
    [/^Selected Date: (.+)$/, (_, date) => `Gekozen datum: ${day(date, { dateStyle: "long" })}`],
    [/^(Error)?: Date set outside allowed range\. Please select a date (on or before|on or after|between) (.*)\.$/,
      (_, error, where, days) =>
        `${error ? "Fout" : ""}: kies een datum ${BETWEEN[where]} ${days.replace(" and ", " en ")}.`],
    [/^(\d+)MB per file$/, "Hooguit $1 MB per bestand"],
    [/^File must be (\d+)\.\dMB or smaller\.$/, "Te groot: een bestand mag hooguit $1 MB zijn."],
    [/^Request failed with status .*$/, "Niet aangekomen. Haal het weg en probeer het opnieuw."],
    [/^Request .* timed out$/, "Downloaden lukt nu niet. Probeer het nog eens."],
  ];
  const LABEL_PATTERNS = [
    CALENDAR,
    [/^Help for (.+)$/, "Uitleg bij $1"],
    [/^Cancel upload of (.+)$/, "$1 niet versturen"],
    [/^Remove (.+)$/, "$1 weghalen"],
    [/^day, (.+)$/, "dag, $1"],
    [/^month, (.+)$/, "maand, $1"],
    [/^year, (.+)$/, "jaar, $1"],
    [/^(\d+) – ([A-Z][a-z]+)$/, (text, n, month) => `${n} – ${day(`${month} 1, 2000`, { month: "long" })}`],
  ];
  const CHART_PATTERNS = [
    [/^(\w+) mark( container)?$/, (_, mark, container) => `${container ? "reeks: " : ""}${mark === "group" ? "groep" : "vorm"}`],
    [/^([XY])-axis(?: titled '(.*)')? for an? \S+ scale with (.*)$/, (_, xy, title, values) =>
      `${xy}-as${title ? ` ${title}` : ""}: ${range(values)}`],
    [/^(?:\w+ )?[Ll]egend(?: titled '(.*)')? for .+? with (.*)$/, (_, title, values) =>
      `Legenda${title ? ` ${title}` : ""}: ${range(values)}`],
    [/^(?:Title|Subtitle) text '(.*)'$/s, "$1"],
  ];
  const LOST = "De monitor is even niet bereikbaar. Zodra de verbinding er weer is, gaat deze pagina vanzelf verder. "
    + "Duurt het lang, vernieuw dan de pagina.";

  // Written by the monitor itself, or the name of an icon.
  const OURS = '[data-testid="stHtml"], [data-testid="stMarkdown"], [data-testid="stCode"] code, [translate="no"], svg';
  const ATTRIBUTES = ["aria-label", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt"];
  const texts = new Map(Object.entries(TEXTS));
  const labels = new Map(Object.entries({ ...TEXTS, ...LABELS }));

  // Hidden: what is not in Dutch, and what no reader needs: what a chart shows and its files are offered below it,
  // which version of Streamlit this is, why the connection broke.
  const HIDDEN = `
    [data-testid="stElementToolbarButton"]:not(:has(
      [aria-label^="Volledig scherm"], [aria-label^="Kopiëren"], [aria-label="Gekopieerd"])),
    [data-testid="stMainMenuPopover"] > div > :not([data-testid="stMainMenuList"]),
    [data-testid^="stMainMenuItem-"]:not([data-testid*="-theme-"], [data-testid$="-print"]),
    [role="dialog"]:has(> .verbinding-weg) > div { display: none !important; }
    .gezegd { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .verbinding-weg { margin: 0; padding: 0 1.5rem 1.5rem; line-height: 1.5; }`;

  function dutch(text, words, patterns) {
    const exact = words.get(text);
    if (exact !== undefined) return exact;
    const found = patterns.find(([pattern]) => pattern.test(text));
    return found && text.replace(...found);
  }

  function translateText(node) {
    const said = dutch(node.data, texts, TEXT_PATTERNS), within = node.parentElement;
    if (said === undefined || said === node.data || !within || within.closest(OURS)) return;
    const lost = node.data === "Connection error" && within.closest('[role="dialog"]');
    node.data = said;
    if (lost && !lost.querySelector(".verbinding-weg")) {
      lost.append(Object.assign(document.createElement("p"), { className: "verbinding-weg", textContent: LOST }));
    }
  }

  function translateLabel(element, name) {
    const label = element.getAttribute(name);
    if (!label) return;
    const said = dutch(label, labels, element instanceof SVGElement ? CHART_PATTERNS : LABEL_PATTERNS);
    if (said === undefined || said === label) return;
    // The button of the calendar has the same name at every date.
    const field = label.startsWith("Choose date") && element.closest('[data-testid="stDateInput"]')
      ?.querySelector('[data-testid="stWidgetLabel"]')?.textContent.trim();
    element.setAttribute(name, field ? `${said}, ${field}` : said);
  }

  function translate(node) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    else if (node.nodeType === Node.ELEMENT_NODE) for (const name of ATTRIBUTES) translateLabel(node, name);
  }

  function observe(changes) {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "attributes") translateLabel(target, attributeName);
      else if (type === "characterData") translate(target);
      for (const added of addedNodes) {
        translate(added);
        const inside = document.createTreeWalker(added, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        while (inside.nextNode()) translate(inside.currentNode);
      }
    }
    tell();
  }

  // Streamlit draws a page anew without a word to who does not see it: a screen reader says which page it is and of whom.
  const said = Object.assign(document.createElement("p"), { className: "gezegd", role: "status" });
  function tell() {
    const top = document.querySelector(".kop");
    const shown = top && `${top.querySelector("h1").textContent}. ${top.querySelector(".getoond").textContent}`;
    if (!shown || said.textContent === shown) return;
    said.textContent = shown;
    if (!said.isConnected) document.body.append(said);
  }

  // What Streamlit does know in Dutch, such as its calendar, it shows in the language of the browser.
  Object.defineProperty(navigator, "language", { get: () => "nl-NL" });
  Object.defineProperty(navigator, "languages", { get: () => ["nl-NL", "nl"] });
  // Without it Streamlit does not offer to record the screen.
  delete window.MediaRecorder;

  // Streamlit prints a chart as it is on the screen, made smaller with its texts: first it is drawn as wide as the paper.
  const print = window.print.bind(window);
  window.print = () => {
    document.documentElement.classList.add("papier");
    setTimeout(() => { print(); document.documentElement.classList.remove("papier"); }, 500);
  };
  window.addEventListener("keydown", (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.print();
  });

  document.head.append(Object.assign(document.createElement("style"), { textContent: HIDDEN }));
  new MutationObserver(observe).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
})();
