// Large type and high contrast, remembered in the cookie gk_look; loaded in the head so that nothing jumps.
(() => {
  const root = document.documentElement;
  const CLASS = { large: "large-type", contrast: "high-contrast" };
  root.classList.add("js");
  const chosen = () => new Set((document.cookie.match(/(?:^|; )gk_look=([^;]*)/)?.[1] || "").split("."));
  const show = (looks) => Object.keys(CLASS).forEach((k) => root.classList.toggle(CLASS[k], looks.has(k)));
  show(chosen());
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-look]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const looks = new Set([...chosen()].filter((k) => CLASS[k]));
    const look = link.dataset.look;
    if (!looks.delete(look)) looks.add(look);
    document.cookie = `gk_look=${[...looks].join(".")}; path=/; max-age=31536000; samesite=lax`;
    show(looks);
    document.dispatchEvent(new CustomEvent("gk:look"));
  });
})();
