// Passkeys: the browser has a device make one or sign with one, and the form carries its answer.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const can = Boolean(window.PublicKeyCredential && navigator.credentials);
  form.hidden = !can;
  document.querySelector("[data-no-passkeys]").hidden = can;
  if (can) form.addEventListener("submit", (event) => answer(event, form));
}

async function answer(event, form) {
  event.preventDefault();
  const says = form.querySelector("[data-says]");
  const button = form.querySelector("button");
  says.textContent = "";
  button.disabled = true;
  try {
    const { ask, asked } = form.dataset;
    const options = asked ? JSON.parse(asked) : await told(ask, form);
    const made = options.user ? await navigator.credentials.create({ publicKey: toMake(options) }) : await navigator.credentials.get({ publicKey: toSign(options) });
    form.elements.passkey.value = JSON.stringify(asText(made));
    form.submit();
  } catch (error) {
    says.textContent = error.name === "InvalidStateError" ? says.dataset.already : says.dataset.failed;
    button.disabled = false;
  }
}

async function told(address, form) {
  const answered = await fetch(address, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  if (!answered.ok) throw new Error(answered.statusText);
  return answered.json();
}

function toMake(options) {
  const { challenge, user, excludeCredentials } = options;
  return { ...options, challenge: toBytes(challenge), user: { ...user, id: toBytes(user.id) }, excludeCredentials: excludeCredentials.map(withBytes) };
}

function toSign(options) {
  return { ...options, challenge: toBytes(options.challenge), allowCredentials: options.allowCredentials.map(withBytes) };
}

// What a device gives back holds bytes, each of which is sent as letters.
function asText({ id, rawId, type, response }) {
  const texts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) texts[name] = toText(response[name]);
  }
  return { id, rawId: toText(rawId), type, response: texts };
}

function withBytes(credential) {
  return { ...credential, id: toBytes(credential.id) };
}

function toBytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function toText(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
