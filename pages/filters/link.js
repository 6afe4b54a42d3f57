// Copies the address of this view. The address bar already holds every filter; the peildatum is added when it is the
// newest one, so that the link shows the same day after the next delivery.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("[role=status]");
  const label = parentElement.querySelector("label");
  const field = parentElement.querySelector("input");

  // Something else is shown than what was copied: take the old link away.
  if (field.dataset.view !== data.view) {
    status.textContent = "";
    label.hidden = true;
    field.dataset.view = data.view;
  }

  const address = () => {
    const link = new URL(window.location.href);
    if (!link.searchParams.get("peildatum")) link.searchParams.set("peildatum", data.peildatum);
    return link.href;
  };

  const copy = async () => {
    // Outside https and localhost a browser has no clipboard for scripts; the older way works there.
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(field.value);
    if (!document.execCommand("copy")) throw new Error("not allowed");
  };

  button.onclick = async () => {
    field.value = address();
    label.hidden = false;
    field.select();
    try {
      await copy();
      status.textContent = "De link is gekopieerd.";
      button.focus();
    } catch {
      status.textContent = "Kopiëren lukt in deze browser niet. De link is geselecteerd: druk op Ctrl+C.";
      field.focus();
      field.select();
    }
  };
  field.onfocus = () => field.select();
}
