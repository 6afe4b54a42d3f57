// Shown until the reader says "Begrepen", in this browser; its place is hidden until it is shown (style.css). Not for a
// program that looks at the pages, such as the one that makes their pictures.
const READ = "monitor-inburgering-uitleg-gelezen";

export default function ({ parentElement }) {
  const place = parentElement.getRootNode().host.closest(".st-key-introductie");
  const read = () => {
    try {
      return localStorage.getItem(READ);
    } catch {
      return null;
    }
  };
  if (!read() && !navigator.webdriver) place.style.display = "block";

  parentElement.querySelector("button").onclick = () => {
    place.style.display = "";
    try {
      localStorage.setItem(READ, "ja");
    } catch {
      // A browser that keeps nothing shows it again at the next visit.
    }
    document.querySelector("main").focus();
  };
}
