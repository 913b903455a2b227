// The page's own scheme is set before anything is painted.
{
  let theme = "";
  try {
    theme = JSON.parse(localStorage.getItem("newsletter-preview") ?? "{}").theme ?? "";
  } catch {
    // A browser that keeps nothing shows the page as the computer is set.
  }
  if (theme) document.documentElement.dataset.theme = theme;
}
