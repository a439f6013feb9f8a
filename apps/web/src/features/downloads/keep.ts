/** Has the browser keep what is at an address: what is large never stands in the page. */
export function keep(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}
