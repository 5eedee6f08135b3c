// Passkeys. The pages of sign-in carry, in <script data-allauth-onload>, which button starts what and where the answer goes.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const element = (id) => document.getElementById(id);

const readable = (options) => {
  const key = options.publicKey;
  key.challenge = bytes(key.challenge);
  if (key.user) key.user.id = bytes(key.user.id);
  for (const one of [...(key.excludeCredentials ?? []), ...(key.allowCredentials ?? [])]) one.id = bytes(one.id);
  return { publicKey: key };
};

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id, rawId: credential.id, type: credential.type, response: response,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function made(ids) {
  const options = JSON.parse(element(ids.data).textContent).creation_options;
  const passwordless = element(ids.passwordless)?.checked ?? false;
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: passwordless ? "required" : "discouraged", requireResidentKey: passwordless,
    ...(passwordless && { userVerification: "required" }),
  });
  return navigator.credentials.create(readable(options));
}

async function asked(ids) {
  const data = ids.data ? JSON.parse(element(ids.data).textContent)
    : await (await fetch(element(ids.credential).form.action, { headers: { Accept: "application/json" } })).json();
  return navigator.credentials.get(readable(data.request_options));
}

for (const told of document.querySelectorAll("script[data-allauth-onload^='allauth.webauthn']")) {
  const ids = JSON.parse(told.textContent).ids;
  const button = element(ids.add ?? ids.login ?? ids.authenticate);
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      element(ids.credential).value = written(await (ids.add ? made : asked)(ids));
      element(ids.credential).form.submit();
    } catch {
      element("passkey-wrong").hidden = false;
    }
  });
}
