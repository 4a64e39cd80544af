/** Clipboard: hands a text to the person, and says so on the button that was pressed. */

/** How long a button says that it has done its work. */
const SAID = 1500;

/** @param {HTMLButtonElement} button @param {string} text @param {string} done  what it then says */
export async function copy(button, text, done) {
  const label = button.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    window.prompt(label, text); // without https, and in some frames, there is no clipboard
  }
  button.textContent = done;
  setTimeout(() => (button.textContent = label), SAID);
}
