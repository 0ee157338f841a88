// The script of the page that opens a hand-over: asks the passphrase, opens a standard age file
// (FiloSottile's age-encryption), and shows the picture while it is held. It makes no request:
// the page's policy forbids all of them. Bundled by scripts/build-page.
import { Decrypter } from "age-encryption"

const BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----"
const END = "-----END AGE ENCRYPTED FILE-----"
const LINE = 65 // 64 letters and the end of the line
const LINES_AT_A_TIME = 16384
const MOMENT = 10_000 // milliseconds
const BLOCK = 512
// What a browser may be asked to show. Nothing in this list can hold a script.
const TYPES = {
  jpg: "image/jpeg", png: "image/png", webp: "image/webp", gif: "image/gif", avif: "image/avif",
  bmp: "image/bmp", heic: "image/heic", jxl: "image/jxl", tif: "image/tiff",
  mp4: "video/mp4", mov: "video/quicktime", webm: "video/webm", mkv: "video/x-matroska",
  pdf: "application/pdf",
}

const part = (id) => document.getElementById(id)
const words = JSON.parse(part("words").textContent)
let address = null // of the opened picture, in memory
let timer = 0

const say = (text) => { part("said").textContent = text }
const nextPaint = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))

// The letters between the two lines, as bytes. In pieces, so that large files need little memory.
function sealedBytes() {
  const text = part("sealed").textContent
  const from = text.indexOf("\n", text.indexOf(BEGIN)) + 1
  const letters = text.slice(from, text.indexOf(END)).replaceAll("\r", "")
  const bytes = new Uint8Array(letters.length)
  let length = 0
  for (let at = 0; at < letters.length; at += LINE * LINES_AT_A_TIME) {
    const piece = atob(letters.slice(at, at + LINE * LINES_AT_A_TIME).replaceAll("\n", ""))
    for (let i = 0; i < piece.length; i++) bytes[length++] = piece.charCodeAt(i)
  }
  return bytes.subarray(0, length)
}

// Phones begin with a capital and add spaces: what was typed is tried first, then its tidy form.
function spellings(typed) {
  const exact = typed.normalize("NFC")
  const tidy = exact.trim().replace(/\s+/g, " ").toLowerCase()
  return exact === tidy ? [exact] : [exact, tidy]
}

async function opened(sealed, typed) {
  for (const passphrase of spellings(typed)) {
    const decrypter = new Decrypter()
    decrypter.addPassphrase(passphrase)
    try {
      return await decrypter.decrypt(sealed)
    } catch (problem) {
      // Of all that can go wrong, only this says that the passphrase is another one.
      if (!/no identity matched/.test(String(problem))) throw problem
    }
  }
  return null
}

// A plain tar archive (POSIX ustar), of which only the three entries are read that belong to it.
function contents(bytes) {
  const latin = new TextDecoder("latin1")
  const found = {}
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const name = latin.decode(bytes.subarray(at, at + 100)).split("\0")[0]
    const size = parseInt(latin.decode(bytes.subarray(at + 124, at + 135)), 8)
    const from = at + BLOCK
    if (!(size >= 0) || from + size > bytes.length) throw new Error("not a hand-over")
    found[name] = bytes.subarray(from, from + size)
    at = from + Math.ceil(size / BLOCK) * BLOCK
  }
  const manifest = JSON.parse(new TextDecoder().decode(found["manifest.json"]))
  const name = String(manifest.file)
  const type = TYPES[name.split(".")[1]]
  if (!type || !Object.hasOwn(found, name)) throw new Error("not a hand-over")
  return { manifest, name, blob: new Blob([found[name]], { type }) }
}

function addLine(list, text) {
  const line = document.createElement("li")
  line.textContent = text
  list.append(line)
}

function showLetter({ manifest, name, blob }) {
  const list = part("wishes")
  list.replaceChildren()
  const made = new Date(manifest.made)
  if (!Number.isNaN(made.getTime())) {
    const day = made.toLocaleDateString(document.documentElement.lang, { dateStyle: "long" })
    addLine(list, words.made.replace("{date}", day))
  }
  for (const wish of manifest.wishes) addLine(list, words.wish.replace("{wish}", String(wish)))
  if (manifest.until) addLine(list, words.until.replace("{date}", String(manifest.until)))
  if (manifest.views) addLine(list, words.views.replace("{count}", String(manifest.views)))
  address = URL.createObjectURL(blob)
  const picture = part(blob.type.startsWith("video/") ? "film" : "picture")
  for (const other of [part("picture"), part("film")]) if (other !== picture) other.remove()
  part("save").href = address
  part("save").download = name
  part("heading").textContent = words.heading
  part("ask").hidden = true
  part("letter").hidden = false
  part("hold").focus()
  say(words.opened)
  picture.addEventListener("error", cannotBeShown, { once: true })
  if (blob.type === "application/pdf") cannotBeShown()
  else picture.src = address
}

function cannotBeShown() {
  part("hold").hidden = true
  part("moment").hidden = true
  part("save").hidden = false
  part("save").focus()
  say(words["cannot-show"])
}

const shown = () => part("picture") ?? part("film")

function reveal() {
  if (!address) return
  shown().hidden = false
  part("veil").hidden = true
  if (shown().play) shown().play().catch(() => {})
}

function cover() {
  clearTimeout(timer)
  if (!part("veil")) return
  part("veil").hidden = false
  shown().hidden = true
  if (shown().pause) shown().pause()
}

function forget() {
  cover()
  if (address) URL.revokeObjectURL(address)
  address = null
  part("sealed")?.remove()
  document.querySelector("main").replaceChildren()
  say(words.closed)
}

async function open(event) {
  event.preventDefault()
  const typed = part("passphrase").value
  if (!typed) return
  part("open").disabled = true
  say(words.opening)
  await nextPaint() // deriving the key keeps the page busy: let it say so first
  try {
    const bytes = await opened(sealedBytes(), typed)
    if (bytes === null) {
      say(words.wrong)
      part("passphrase").focus()
      part("passphrase").select()
    } else {
      part("passphrase").value = ""
      showLetter(contents(bytes))
    }
  } catch {
    say(words.damaged)
  } finally {
    part("open").disabled = false
  }
}

const isHoldKey = (event) => event.key === " " || event.key === "Enter"

part("ask").addEventListener("submit", open)
part("see").addEventListener("change", (event) => {
  part("passphrase").type = event.target.checked ? "text" : "password"
})
part("hold").addEventListener("pointerdown", (event) => { if (event.button === 0) reveal() })
for (const end of ["pointerup", "pointercancel", "pointerleave", "blur"]) {
  part("hold").addEventListener(end, cover)
}
part("hold").addEventListener("keydown", (event) => {
  if (!isHoldKey(event)) return
  event.preventDefault()
  if (!event.repeat) reveal()
})
part("hold").addEventListener("keyup", (event) => { if (isHoldKey(event)) { event.preventDefault(); cover() } })
part("hold").addEventListener("contextmenu", (event) => event.preventDefault())
part("moment").addEventListener("click", () => { cover(); reveal(); timer = setTimeout(cover, MOMENT) })
part("close").addEventListener("click", forget)
window.addEventListener("blur", cover)
window.addEventListener("pagehide", cover)
document.addEventListener("visibilitychange", () => { if (document.hidden) cover() })
part("ask").hidden = false
part("passphrase").focus()
