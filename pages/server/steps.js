// A step of the reader is a step in the browser's history, and a link of the monitor opens inside it. pages/server/http.py
// puts this script in the first page, before those of Streamlit.
//
// Streamlit writes a chosen filter over the entry that it is in (replaceState), and adds one for what the server changes
// (pushState). Here whatever the reader does is one entry: what the server corrects in the address afterwards, or after
// a step back, stays in it. The step back itself is Streamlit's: it takes page and filters from the address.
(() => {
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  const main = () => document.querySelector('[data-testid="stMain"]');
  // What the server answers with another address, and for how long the place on a page is held while it is drawn.
  const ASKS = 'button, [role="button"], svg.marks', HELD = 3_000;
  // After a step back; after a click on what asks; on the way to another page.
  let back = false, asked = false, leaving = false;

  function write(url, over) {
    const to = new URL(url ?? location.href, document.baseURI);
    if (to.href === location.href) return;
    if (over) return replace(history.state, "", to);
    replace({ place: main()?.scrollTop }, "");
    push({}, "", to);
    [asked, leaving] = [false, false];
  }

  history.replaceState = (_state, _title, url) => write(url, back);
  history.pushState = (_state, _title, url) => {
    const elsewhere = new URL(url, document.baseURI).pathname !== location.pathname;
    // The choices of the page that is left go from the address before its path does: that entry keeps them.
    if (elsewhere || !leaving) write(url, !elsewhere && !asked);
  };

  for (const act of ["keydown", "pointerdown", "wheel", "touchmove"]) {
    addEventListener(act, () => { back = false; }, { capture: true, passive: true });
  }
  addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href]");
    leaving = !!link && link.pathname !== location.pathname;
    asked ||= !!target.closest?.(ASKS);
    back = false;
  }, true);
  addEventListener("popstate", ({ state }) => {
    [back, asked, leaving] = [true, false, false];
    if (state?.place !== undefined) hold(state.place, Date.now() + HELD);
  }, true);

  function hold(place, until) {
    if (!back || Date.now() > until) return;
    main()?.scrollTo(0, place);
    setTimeout(hold, 100, place, until);
  }

  // Streamlit is told of a link as of a step back: it keeps what it has and asks for the page and its filters alone. With
  // a key or the middle button a link opens as any other does; and where the server is out of reach, for Streamlit could
  // not ask.
  addEventListener("click", (event) => {
    const link = event.target.closest?.('[data-testid="stHtml"] a[href]');
    const other = ["ctrlKey", "metaKey", "shiftKey", "altKey", "button", "defaultPrevented"].some((key) => event[key]);
    const connected = document.querySelector('[data-test-connection-state="CONNECTED"]');
    if (!link || other || !connected || link.target || link.origin !== location.origin) return;
    event.preventDefault();
    if (link.href === location.href) return;
    const state = { place: leaving ? 0 : main()?.scrollTop };
    // As in the skip link of Streamlit: what is read next is the page, from its beginning.
    if (leaving) main()?.focus({ preventScroll: true });
    write(link.href);
    dispatchEvent(new PopStateEvent("popstate", { state }));
  });
})();
