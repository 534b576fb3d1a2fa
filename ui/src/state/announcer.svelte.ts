/** What a screen reader is told without moving the focus. */
export class Announcer {
  text = $state("");

  say(text: string) {
    this.text = text;
  }
}
