//! Calls of Stripe as its reference shows them: nested forms, whose keys have brackets. There `curl` leaves the brackets as
//! they are; here they are percent-encoded, as OpenAPI has it, and whoever reads a form decodes both alike.

use api::models::{
    CheckoutSessionMode, PostAccountsRequestBusinessProfileSupportAddress as Address,
    PostAccountsRequestIndividualMetadata as Metadata, PostCheckoutSessionsRequest, PostCheckoutSessionsRequestLineItems,
    PostCustomersCustomerSubscriptionsRequestItems, PostCustomersRequest, PostCustomersRequestAddress,
    PostCustomersRequestInvoiceSettings, PostSubscriptionsRequest,
};

use crate::{Server, answer, wait};

pub const CALLS: &[(&str, fn())] = &[
    ("a customer with an address and metadata", customer),
    ("a subscription to a price", subscription),
    ("a session of the checkout with items", session),
];

/// What Stripe answers where it refuses: small, and typed.
const ERROR: &str = r#"{"error": {"code": "resource_missing", "message": "No such price", "type": "invalid_request_error"}}"#;

const HEAD: &str = "HTTP/1.1\naccept: application/json\nauthorization: Bearer sk_test_1\n\
                    content-type: application/x-www-form-urlencoded\n\n";

/// Starts a server that refuses everything, and a client of it.
fn start() -> (Server, api::Client) {
    let server = Server::start([answer("400 Bad Request", "application/json", ERROR)]);
    let client = api::Client::builder().base_url(&server.url).unwrap().bearer_token("sk_test_1").build().unwrap();
    (server, client)
}

/// What was sent, with the brackets of the reference: the only difference to what it shows.
fn check(server: &Server, path: &str, pairs: &[&str]) {
    let requests = server.requests();
    let [request] = requests.as_slice() else { panic!("{} requests", requests.len()) };
    let expect: Vec<String> = pairs.iter().map(|pair| pair.replace('[', "%5B").replace(']', "%5D")).collect();
    assert_eq!(*request, format!("POST {path} {HEAD}{}", expect.join("&")));
}

fn customer() {
    let (server, client) = start();
    let address = Address::new().line1("510 Townsend St").postal_code("98140").city("San Francisco").country("US");
    let metadata = Metadata::Object([("order_id".to_owned(), "6735".to_owned())].into());
    let body = PostCustomersRequest::new()
        .name("Jenny Rosen")
        .email("jennyrosen@example.com")
        .address(PostCustomersRequestAddress::OptionalFieldsAddress(Box::new(address)))
        .metadata(metadata)
        .preferred_locales(vec!["en".to_owned(), "de".to_owned()])
        .invoice_settings(PostCustomersRequestInvoiceSettings::new().default_payment_method("pm_1"))
        .expand(vec!["sources".to_owned()]);
    let error = wait(client.api().post_customers().body(body).into_future()).unwrap_err();
    check(
        &server,
        "/v1/customers",
        &[
            "address[city]=San%20Francisco",
            "address[country]=US",
            "address[line1]=510%20Townsend%20St",
            "address[postal_code]=98140",
            "email=jennyrosen%40example.com",
            "expand[]=sources",
            "invoice_settings[default_payment_method]=pm_1",
            "metadata[order_id]=6735",
            "name=Jenny%20Rosen",
            "preferred_locales[]=en",
            "preferred_locales[]=de",
        ],
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
}

fn subscription() {
    let (server, client) = start();
    let items = vec![PostCustomersCustomerSubscriptionsRequestItems::new().price("price_1MowQULkdIwHu7ixraBm864M")];
    let body = PostSubscriptionsRequest::new("cus_Na6dX7aXxi11N4").items(items).cancel_at_period_end(true);
    wait(client.api().post_subscriptions(body).into_future()).unwrap_err();
    check(
        &server,
        "/v1/subscriptions",
        &["cancel_at_period_end=true", "customer=cus_Na6dX7aXxi11N4", "items[0][price]=price_1MowQULkdIwHu7ixraBm864M"],
    );
}

fn session() {
    let (server, client) = start();
    let item = PostCheckoutSessionsRequestLineItems::new().price("price_1MotwRLkdIwHu7ixYcPLm5uZ").quantity(2);
    let other = PostCheckoutSessionsRequestLineItems::new().price("price_2").quantity(1).tax_rates(vec!["txr_1".to_owned()]);
    let body = PostCheckoutSessionsRequest::new("https://example.com/success")
        .line_items(vec![item, other])
        .mode(CheckoutSessionMode::Payment);
    wait(client.api().post_checkout_sessions(body).into_future()).unwrap_err();
    check(
        &server,
        "/v1/checkout/sessions",
        &[
            "line_items[0][price]=price_1MotwRLkdIwHu7ixYcPLm5uZ",
            "line_items[0][quantity]=2",
            "line_items[1][price]=price_2",
            "line_items[1][quantity]=1",
            "line_items[1][tax_rates][]=txr_1",
            "mode=payment",
            "success_url=https%3A%2F%2Fexample.com%2Fsuccess",
        ],
    );
}
